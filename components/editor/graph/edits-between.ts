import { edgeId } from '@/components/editor/graph/edge-id'
import { applyEdit } from '@/engine/graph/edit'
import type { EditOf, SingleEdit } from '@/engine/graph/edits'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'
import { isJsonObject, type Json, own } from '@/engine/json'

/** The edits that make one graph of another: how somebody else's version, or an older one, is taken over undoably. */
export function editsBetween(from: Graph, to: Graph): SingleEdit[] {
  const edits: SingleEdit[] = []
  let now = from
  const apply = (edit: SingleEdit): void => {
    const edited = applyEdit(now, edit)
    if ('refused' in edited) throw new Error(`A step from one graph to another was refused: ${edited.refused}`)
    now = edited.graph
    edits.push(edit)
  }
  const wanted = new Map(to.nodes.map((node) => [node.id, node]))
  const isKept = (node: GraphNode) => wanted.get(node.id)?.kind === node.kind
  if (!isSameList(from.edges, to.edges)) for (const edge of from.edges) apply({ type: 'disconnect', edge })
  const moving = from.nodes.filter((node) => isKept(node) && node.parent !== wanted.get(node.id)?.parent)
  if (moving.length > 0) apply({ type: 'reparent', nodes: moving.map(({ id }) => id), parent: null })
  const inGone = from.nodes.filter((node) => isKept(node) && !moving.includes(node) && isUnderGone(node, from, isKept))
  if (inGone.length > 0) apply({ type: 'reparent', nodes: inGone.map(({ id }) => id), parent: null })
  const gone = from.nodes.filter((node) => !isKept(node)).map(({ id }) => id)
  if (gone.length > 0) apply({ type: 'remove', nodes: gone })
  const left = new Set(now.nodes.map(({ id }) => id))
  const added = to.nodes.filter((node) => !left.has(node.id))
  if (added.length > 0) apply({ type: 'add', nodes: added.map((node) => ({ node })), edges: [] })
  for (const [parent, nodes] of Map.groupBy([...moving, ...inGone], ({ id }) => wanted.get(id)?.parent)) {
    if (parent !== undefined) apply({ type: 'reparent', nodes: nodes.map(({ id }) => id), parent })
  }
  for (const node of to.nodes) {
    const old = now.nodes.find(({ id }) => id === node.id)
    if (old !== undefined) for (const edit of changesOf(old, node)) apply(edit)
  }
  for (const [at, node] of to.nodes.entries()) {
    if (now.nodes[at]?.id !== node.id) apply({ type: 'reorder', node: node.id, at })
  }
  const missing = to.edges.filter((edge) => !now.edges.some((other) => edgeId(other) === edgeId(edge)))
  if (missing.length > 0) {
    apply({ type: 'add', nodes: [], edges: missing.map((edge) => ({ edge, at: to.edges.indexOf(edge) })) })
  }
  const properties = changed(propertiesOf(from), propertiesOf(to))
  if (properties !== null) apply({ type: 'set_graph', properties } as EditOf<'set_graph'>)
  return edits
}

const isSameList = (a: readonly GraphEdge[], b: readonly GraphEdge[]): boolean =>
  a.length === b.length &&
  a.every((edge, index) => {
    const other = b[index]
    return other !== undefined && edgeId(edge) === edgeId(other)
  })

/** Would it go when the boxes that go take everything in them along? */
function isUnderGone(node: GraphNode, graph: Graph, isKept: (node: GraphNode) => boolean): boolean {
  const parent = graph.nodes.find(({ id }) => id === node.parent)
  return parent !== undefined && !isKept(parent)
}

function changesOf(old: GraphNode, node: GraphNode): SingleEdit[] {
  const edits: SingleEdit[] = []
  if (!isSame(old.config as Json, node.config as Json))
    edits.push({ type: 'configure', node: node.id, path: [], value: node.config })
  if (!isSame((old.position ?? null) as Json, (node.position ?? null) as Json))
    edits.push({ type: 'move', positions: { [node.id]: node.position ?? null } })
  const options = changed(optionsOf(old), optionsOf(node))
  if (options !== null) edits.push({ type: 'set', node: node.id, options } as EditOf<'set'>)
  return edits
}

const optionsOf = ({ id: _, kind: _k, parent: _p, config: _c, position: _pos, ...options }: GraphNode) => options
const propertiesOf = ({ baton: _, nodes: _n, edges: _e, ...properties }: Graph) => properties

function changed(before: object, after: object): { [key: string]: Json } | null {
  const a = before as { [key: string]: Json }
  const b = after as { [key: string]: Json }
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !isSame(own(a, key), own(b, key)))
  return keys.length === 0 ? null : Object.fromEntries(keys.map((key) => [key, own(b, key) ?? null]))
}

/** Equal as JSON, whatever the order of keys. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]))
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}
