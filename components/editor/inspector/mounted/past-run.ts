import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { formatPath, type Path, parsePath } from '@/engine/path'
import { previewLimit, previewOf, type Ref } from '@/engine/payload'
import type { NodeState, RunState } from '@/engine/run/state'

/** Where the values of an earlier run are that the inspector of a node wants to show. */
export type PastRefs = {
  /** What the nodes gave, as references see it, by path. */
  seen: ReadonlyMap<string, Ref>
  /** The node itself: the first place where it did something. */
  self: { path: string; state: NodeState } | null
  /** What arrived at it: one value, or several by the ids of their sources. */
  arrived: { type: 'one'; ref: Ref } | { type: 'many'; refs: readonly (readonly [string, Ref])[] } | null
}

/** Reads a run with the graph as it is now: what was renamed or rewired since then is not found, and not shown. */
export function pastRefs(graph: Graph, state: RunState, id: string): PastRefs {
  const seen = new Map<string, Ref>()
  const places: Path[] = []
  for (const [key, node] of state.nodes) {
    const ref = seenOf(node)
    if (ref !== null) seen.set(key, ref)
    const path = key === id || key.includes(id) ? parsePath(key) : null
    if (path?.at(-1)?.node === id) places.push(path)
  }
  const first = places[0]
  const own = first === undefined ? undefined : state.nodes.get(formatPath(first))
  return {
    seen,
    self: first === undefined || own === undefined ? null : { path: formatPath(first), state: own },
    arrived: first === undefined ? null : arrivedAt(graph, state, first),
  }
}

/** Whether they say the same: a run that goes on changes all the time, and seldom what one of its nodes sees. */
export const isSameRefs = (a: PastRefs, b: PastRefs): boolean =>
  a.self?.path === b.self?.path &&
  a.self?.state === b.self?.state &&
  isSameArrival(a.arrived, b.arrived) &&
  a.seen.size === b.seen.size &&
  [...a.seen].every(([path, ref]) => b.seen.get(path) === ref)

function isSameArrival(a: PastRefs['arrived'], b: PastRefs['arrived']): boolean {
  if (a === null || b === null) return a === b
  if (a.type === 'one' || b.type === 'one') return a.type === 'one' && b.type === 'one' && a.ref === b.ref
  return (
    a.refs.length === b.refs.length &&
    a.refs.every(([source, ref], index) => b.refs[index]?.[0] === source && b.refs[index][1] === ref)
  )
}

const seenOf = (node: NodeState): Ref | null => {
  if (node.status === 'completed') return node.detail ?? node.output
  return node.status === 'failed' ? (node.handled?.output ?? null) : null
}

function arrivedAt(graph: Graph, state: RunState, path: Path): PastRefs['arrived'] {
  const last = path.at(-1)
  if (last === undefined || last.turn !== undefined) return null
  const around = path.slice(0, -1)
  const sources = graph.edges.filter(({ target }) => target === last.node)
  const box = around.at(-1)
  if (sources.length === 0) {
    if (box === undefined) return state.input === null ? null : { type: 'one', ref: state.input }
    return arrivedAt(graph, state, [...around.slice(0, -1), { node: box.node }])
  }
  const live = sources.flatMap(({ source, sourcePort }): (readonly [string, Ref])[] => {
    const ref = flowing(state.nodes.get(formatPath([...around, { node: source }])), sourcePort)
    return ref === null ? [] : [[source, ref]]
  })
  const [only] = live
  if (new Set(sources.map(({ source }) => source)).size > 1) return { type: 'many', refs: live }
  return only === undefined ? null : { type: 'one', ref: only[1] }
}

function flowing(node: NodeState | undefined, port = 'out'): Ref | null {
  if (node?.status === 'completed') return node.ports.includes(port) || port === 'out' ? node.output : null
  if (node?.status === 'failed' && node.handled?.port === port) return node.handled.output
  return null
}

/** The value of a ref as far as the ref itself holds it; `whole` is false when the rest has to be fetched. */
export function heldIn(ref: Ref): { whole: true; value: Json } | { whole: false } {
  if ('inline' in ref) return { whole: true, value: ref.inline }
  const text = previewOf(ref)
  // The JSON of a text is longer than the text by its quotes at least.
  if (ref.size === text.length) return { whole: true, value: JSON.parse(text) as Json }
  return text.length < previewLimit ? { whole: true, value: text } : { whole: false }
}
