import { readFileSync } from 'node:fs'
import { readGraph } from '@/engine/graph/read'
import type { Graph } from '@/engine/graph/schema'
import { compile } from '@/engine/plan/compile'
import type { Problem } from '@/engine/plan/plan'
import { builtInTools } from '@/engine/tools/built-in'
import { specs } from '@/nodes/registry/specs'
import { CliError } from '@/server/cli/cli-error'

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    throw new CliError(code === 'ENOENT' ? `There is no file ${file}.` : `${file} can not be read.`)
  }
}

export type Checked = { graph: Graph | null; problems: readonly Problem[] }

/** Everything that is wrong with a file, found without a server. The graph is null when it could not run. */
export function checkFile(file: string): Checked {
  const read = readGraph(readText(file), specs)
  if (!read.ok) return { graph: null, problems: read.problems }
  const compiled = compile(read.graph, specs, { tools: new Set(builtInTools.map(({ name }) => name)) })
  return { graph: compiled.ok ? read.graph : null, problems: compiled.problems }
}

export const problemLine = ({ severity, path, nodeId, code, message }: Problem): string =>
  `${severity}: ${path ?? nodeId ?? 'graph'}: ${message} (${code})`
