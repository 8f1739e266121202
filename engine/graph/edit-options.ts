import { noNode, replaceNode } from '@/engine/graph/edit-lists'
import type { Edited, EditOf } from '@/engine/graph/edits'
import type { Graph, GraphNode } from '@/engine/graph/schema'

export function setOptions(graph: Graph, edit: EditOf<'set'>): Edited {
  const node = graph.nodes.find((candidate) => candidate.id === edit.node)
  if (node === undefined) return noNode(edit.node)
  const { next, before } = change(node, edit.options)
  return {
    graph: replaceNode(graph, next as GraphNode),
    inverse: { type: 'set', node: edit.node, options: before as EditOf<'set'>['options'] },
  }
}

export function setGraph(graph: Graph, { properties }: EditOf<'set_graph'>): Edited {
  const { next, before } = change(graph, properties)
  return { graph: next as Graph, inverse: { type: 'set_graph', properties: before as typeof properties } }
}

/** Undefined leaves a property as it is, null takes it away. */
function change(value: object, changes: object): { next: object; before: object } {
  const next = new Map<string, unknown>(Object.entries(value))
  const before = new Map<string, unknown>()
  for (const [key, wanted] of Object.entries(changes)) {
    if (wanted === undefined) continue
    before.set(key, next.get(key) ?? null)
    if (wanted === null) next.delete(key)
    else next.set(key, wanted)
  }
  return { next: Object.fromEntries(next), before: Object.fromEntries(before) }
}
