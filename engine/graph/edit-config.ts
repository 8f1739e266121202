import { checkJson } from '@/engine/graph/check-json'
import { noNode, replaceNode } from '@/engine/graph/edit-lists'
import type { Edited, EditOf } from '@/engine/graph/edits'
import { valueAt } from '@/engine/graph/issues'
import type { Graph } from '@/engine/graph/schema'
import { isJsonObject, type Json, own } from '@/engine/json'

type Path = readonly (string | number)[]

export function configure(graph: Graph, edit: EditOf<'configure'>): Edited {
  const node = graph.nodes.find((candidate) => candidate.id === edit.node)
  if (node === undefined) return noNode(edit.node)
  const config = replaceAt(node.config, edit.path, edit.value)
  if (config instanceof Refusal) return { refused: config.sentence }
  if (!isJsonObject(config)) return { refused: `The config of \`${edit.node}\` must be an object.` }
  // With the levels of the graph around it, so that what is stored can be read again.
  const checked = checkJson([[[config]]])
  if (!checked.ok) return { refused: checked.problems[0]?.message ?? 'This is no JSON.' }
  return { graph: replaceNode(graph, { ...node, config }), inverse: undo(edit, node.config) }
}

class Refusal {
  readonly sentence: string
  constructor(sentence: string) {
    this.sentence = sentence
  }
}

/** The value with what lies at the path replaced, or taken away when `wanted` is undefined. Missing objects are made. */
function replaceAt(value: Json | undefined, path: Path, wanted: Json | undefined): Json | undefined | Refusal {
  const [key, ...rest] = path
  if (key === undefined) return wanted
  if (value === undefined && wanted === undefined) return undefined
  if (typeof key === 'number') return replaceItem(value ?? [], key, { rest, wanted })
  if (value !== undefined && !isJsonObject(value))
    return new Refusal(`There can be no \`${key}\` in a value that is no object.`)
  const fields = value ?? {}
  const inner = replaceAt(own(fields, key), rest, wanted)
  if (inner instanceof Refusal) return inner
  if (inner !== undefined) return { ...fields, [key]: inner }
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key))
}

function replaceItem(value: Json, index: number, { rest, wanted }: { rest: Path; wanted: Json | undefined }) {
  if (!Array.isArray(value)) return new Refusal(`There can be no item ${index} in a value that is no list.`)
  const items: readonly Json[] = value
  if (index > items.length) return new Refusal(`The list has only ${items.length} items.`)
  const inner = replaceAt(items[index], rest, wanted)
  if (inner instanceof Refusal) return inner
  return inner === undefined ? items.toSpliced(index, 1) : items.toSpliced(index, 1, inner)
}

function undo({ node, path, value }: EditOf<'configure'>, before: Json): EditOf<'configure'> {
  const base = { type: 'configure', node } as const
  const missing = path.findIndex((_, index) => valueAt(before, path.slice(0, index + 1)) === undefined)
  // What was made on the way goes with the first of it.
  if (missing >= 0) return { ...base, path: path.slice(0, missing + 1) }
  const isItem = typeof path.at(-1) === 'number'
  const at = value === undefined && isItem ? path.slice(0, -1) : [...path]
  return { ...base, path: at, value: valueAt(before, at) as Json }
}
