import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { readGraph } from '@/engine/graph/read'
import type { Graph } from '@/engine/graph/schema'
import type { Problem } from '@/engine/plan/plan'
import { specs } from '@/nodes/registry/specs'
import { projectRoot } from '@/server/project-root'

/** A file of the folder: a graph that people may copy, or what is wrong with it. `id` is its name without the ending. */
export type Template = { id: string; graph: Graph }
export type TemplateFault = { id: string; problems: readonly Problem[] }
export type Templates = { templates: readonly Template[]; faults: readonly TemplateFault[] }

type Read = { ok: true; template: Template } | { ok: false; fault: TemplateFault }
type Kept = { stamp: string; read: Promise<Read> }

export const templateFolder = path.join(projectRoot, 'templates')
const fileName = /^([a-z0-9][a-z0-9-]{0,59})\.ya?ml$/

/** By file, so that a file that was added or changed is seen at the next look, and the others aren't read again. */
const kept = new Map<string, Kept>()

export async function readTemplates(folder = templateFolder): Promise<Templates> {
  const names = await readdir(folder).catch(() => [])
  const reads = await Promise.all(names.filter((name) => fileName.test(name)).map((name) => readOne(folder, name)))
  const found = reads.flatMap((read) => (read === null ? [] : [read]))
  return {
    templates: found.flatMap((read) => (read.ok ? [read.template] : [])).sort(byShelf),
    faults: found.flatMap((read) => (read.ok ? [] : [read.fault])),
  }
}

async function readOne(folder: string, name: string): Promise<Read | null> {
  const file = path.join(folder, name)
  const info = await stat(file).catch(() => null)
  if (info === null) return null
  const stamp = `${info.mtimeMs} ${info.size}`
  const known = kept.get(file)
  if (known?.stamp === stamp) return known.read
  const read = readFile(file, 'utf8').then((text) => parse(fileName.exec(name)?.[1] ?? name, text))
  kept.set(file, { stamp, read })
  // It may be there again in a moment: an editor replaces a file in two steps.
  return read.catch(() => {
    kept.delete(file)
    return null
  })
}

function parse(id: string, text: string): Read {
  const parsed = readGraph(text, specs)
  return parsed.ok
    ? { ok: true, template: { id, graph: parsed.graph } }
    : { ok: false, fault: { id, problems: parsed.problems } }
}

const steps = ['easy', 'medium', 'advanced']
/** This tag puts a template at the beginning. */
const first = 'start here'

const shelfOf = ({ graph: { template } }: Template): number =>
  template?.tags?.includes(first) ? -1 : steps.indexOf(template?.difficulty ?? 'medium')

const byShelf = (a: Template, b: Template): number =>
  shelfOf(a) - shelfOf(b) || a.graph.name.localeCompare(b.graph.name, 'en')
