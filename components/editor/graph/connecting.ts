import { edgeId, makeEdge } from '@/components/editor/graph/edge-id'
import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { isNote, isTeam, nameOf, portsOf, takesEdges } from '@/components/editor/graph/kinds'
import type { Graph, GraphNode } from '@/engine/graph/schema'

/** One end of a connection that is being drawn. */
export type LooseEnd = { node: string; port: string; side: 'source' | 'target' }

/** The nodes that the other end may be dropped on: the rules of compile, asked before the edge is there. */
export function validEnds(graph: Graph, { node: id, port, side }: LooseEnd): ReadonlySet<string> {
  const { byId, children, incoming, outgoing } = indexOf(graph)
  const parent = parentOf(graph, id)
  const node = byId.get(id)
  if (node === undefined || isNote(node.kind)) return new Set()
  if (parent !== null && isTeam(byId.get(parent)?.kind ?? '')) return new Set()
  const drawn = new Set(graph.edges.map(edgeId))
  // Leading back to where it comes from would be a circle.
  const before = side === 'source' ? reach(id, (at) => (incoming.get(at) ?? []).map((edge) => edge.source)) : null
  const after = side === 'target' ? reach(id, (at) => (outgoing.get(at) ?? []).map((edge) => edge.target)) : null
  const blocked = before ?? after ?? new Set<string>()
  return new Set(
    (children.get(parent) ?? [])
      .filter((other) => !blocked.has(other.id) && (side === 'source' ? takesEdges(other.kind) : canLead(other)))
      .filter((other) =>
        side === 'source'
          ? !drawn.has(edgeId(makeEdge(id, port, other.id)))
          : portsOf(other).some((name) => !drawn.has(edgeId(makeEdge(other.id, name, id)))),
      )
      .map((other) => other.id),
  )
}

/** Why a connection may not end on a node that isn't one of its valid ends. */
export function whyNoEnd(graph: Graph, { node: id, port, side }: LooseEnd, other: string): string {
  const { byId, outgoing } = indexOf(graph)
  const [own, end] = [byId.get(id), byId.get(other)]
  if (own === undefined || end === undefined) return 'This node is not there any more.'
  const [source, target] = side === 'source' ? [own, end] : [end, own]
  const parent = parentOf(graph, other)
  if (parent !== parentOf(graph, id))
    return `${nameOf(source)} and ${nameOf(target)} lie in different boxes. Only nodes side by side can be connected.`
  if (parent !== null && isTeam(byId.get(parent)?.kind ?? ''))
    return 'The members of a team are not connected: the team says who comes when.'
  if (isNote(source.kind) || isNote(target.kind)) return 'A note can’t be connected with anything.'
  if (!takesEdges(target.kind)) return `Nothing can lead to ${nameOf(target)}: the workflow begins there.`
  if (portsOf(source).length === 0) return `Nothing can come after ${nameOf(source)}: the workflow ends there.`
  const isDrawn =
    side === 'source'
      ? graph.edges.some((edge) => edgeId(edge) === edgeId(makeEdge(source.id, port, target.id)))
      : freePort(graph, source.id, target.id) === null
  if (isDrawn) return `${nameOf(source)} leads to ${nameOf(target)} already.`
  const behind = reach(target.id, (at) => (outgoing.get(at) ?? []).map((edge) => edge.target))
  if (behind.has(source.id))
    return `${nameOf(target)} comes before ${nameOf(source)}, so this would lead in a circle. To repeat something, use a loop.`
  return `${nameOf(source)} can’t lead to ${nameOf(target)}.`
}

const canLead = (node: GraphNode): boolean => !isNote(node.kind) && portsOf(node).length > 0

/** The node itself and everything that can be reached from it. */
function reach(start: string, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([start])
  for (const id of found) for (const other of next(id)) found.add(other)
  return found
}

/** The port of `source` to use for an edge to `target`: the first that isn't taken for it already. */
export function freePort(graph: Graph, source: string, target: string): string | null {
  const { byId } = indexOf(graph)
  const node = byId.get(source)
  if (node === undefined) return null
  const drawn = new Set(graph.edges.map(edgeId))
  return portsOf(node).find((name) => !drawn.has(edgeId(makeEdge(source, name, target)))) ?? null
}
