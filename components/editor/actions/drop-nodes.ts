import { insertInto } from '@/components/editor/actions/add-node'
import { change } from '@/components/editor/actions/commit'
import { pushAside } from '@/components/editor/actions/push-aside'
import { edgeId, makeEdge } from '@/components/editor/graph/edge-id'
import { freeSpot, intoBox, type Point, placesOf } from '@/components/editor/graph/geometry'
import { indexOf, outermost, parentOf } from '@/components/editor/graph/graph-index'
import { isTeam, mayLieIn, nameOf } from '@/components/editor/graph/kinds'
import { leadOf } from '@/components/editor/graph/lead-of'
import type { Editor } from '@/components/editor/store/types'
import { applyEdit } from '@/engine/graph/edit'
import type { SingleEdit } from '@/engine/graph/edits'
import type { Graph, GraphEdge } from '@/engine/graph/schema'

type Dropped = {
  /** Where each moved node lies now, relative to the box it came from. */
  positions: ReadonlyMap<string, Point>
  /** The box below the pointer. */
  box: string | null
  edge: GraphEdge | null
}

/** The end of a drag: one step, whatever it did: move, change the box, split an edge. */
export function dropNodes(editor: Editor, { positions, box, edge }: Dropped): void {
  const { graph } = editor.store.getState()
  const ids = outermost(graph, new Set(positions.keys()))
  const [first] = ids
  if (first === undefined) return
  const leaving = ids.filter((id) => parentOf(graph, id) !== box)
  const canEnter = leaving.every((id) => fits(graph, id, box))
  const entering = canEnter ? leaving : []
  const name = ids.length === 1 ? nameById(graph, first) : `${ids.length} nodes`
  const edits = [...entrance(graph, entering, box), ...moves(graph, { ids, entering, positions, box })]
  if (edge !== null && ids.length === 1) edits.push(...split(graph, first, edge))
  const label =
    entering.length === 0 ? `Move ${name}` : `Move ${name} ${box === null ? 'out' : `into ${nameById(graph, box)}`}`
  change(editor, pushAside(graph, edits, ids), { label })
}

const nameById = (graph: Graph, id: string): string => {
  const node = indexOf(graph).byId.get(id)
  return node === undefined ? id : nameOf(node)
}

export function fits(graph: Graph, id: string, box: string | null): boolean {
  const { byId } = indexOf(graph)
  const node = byId.get(id)
  return node !== undefined && mayLieIn(node.kind, box === null ? null : (byId.get(box)?.kind ?? null))
}

function moves(graph: Graph, { ids, entering, positions, box }: Moving): SingleEdit[] {
  const places = placesOf(graph)
  const next = ids.flatMap((id) => {
    const at = positions.get(id)
    if (at === undefined) return []
    const parent = parentOf(graph, id)
    const origin = parent === null ? { x: 0, y: 0 } : (places.get(parent)?.absolute ?? { x: 0, y: 0 })
    const home = entering.includes(id) ? box : parent
    const spot = intoBox(graph, home, { x: origin.x + at.x, y: origin.y + at.y })
    // What comes into a box alone finds a place beside those that are there.
    const isGuest = home !== null && entering.length === 1 && entering[0] === id
    return [[id, isGuest ? freeSpot(graph, home, spot, places.get(id)?.size) : spot] as const]
  })
  return next.length === 0 ? [] : [{ type: 'move', positions: Object.fromEntries(next) }]
}

type Moving = {
  ids: readonly string[]
  entering: readonly string[]
  positions: ReadonlyMap<string, Point>
  box: string | null
}

/** Into a box or out of it. What led to a node that goes into a box leads to the box from then on. */
export function entrance(graph: Graph, ids: readonly string[], box: string | null): SingleEdit[] {
  if (ids.length === 0) return []
  const reparent: SingleEdit = { type: 'reparent', nodes: [...ids], parent: box }
  const edits: SingleEdit[] = []
  // Members take turns by themselves: edges among them go.
  if (box !== null && isTeam(indexOf(graph).byId.get(box)?.kind ?? '')) {
    for (const edge of graph.edges)
      if (ids.includes(edge.source) && ids.includes(edge.target)) edits.push({ type: 'disconnect', edge })
  }
  edits.push(reparent)
  if (box === null) return edits
  let now = graph
  for (const edit of edits) {
    const edited = applyEdit(now, edit)
    if ('refused' in edited) return edits
    now = edited.graph
  }
  for (const edge of reroute(graph, ids, box)) {
    const edit: SingleEdit = { type: 'connect', edge }
    const edited = applyEdit(now, edit)
    if ('refused' in edited || isCircle(now, edge)) continue
    now = edited.graph
    edits.push(edit)
  }
  return [...edits, ...keepLead(graph, now, box)]
}

/** The first member leads, and an older node would become the first: whoever leads is named then. */
function keepLead(before: Graph, now: Graph, box: string): SingleEdit[] {
  const team = indexOf(before).byId.get(box)
  if (team === undefined || team.config.lead !== undefined) return []
  const lead = leadOf(before, team)
  return lead === null || lead === leadOf(now, team)
    ? []
    : [{ type: 'configure', node: box, path: ['lead'], value: lead }]
}

function reroute(graph: Graph, ids: readonly string[], box: string): GraphEdge[] {
  const beside = parentOf(graph, box)
  const isMoved = (id: string) => ids.includes(id)
  const edges = graph.edges.flatMap((edge): GraphEdge[] => {
    if (isMoved(edge.source) === isMoved(edge.target)) return []
    const other = isMoved(edge.source) ? edge.target : edge.source
    if (other === box || parentOf(graph, other) !== beside) return []
    return [isMoved(edge.source) ? makeEdge(box, 'out', other) : { ...edge, target: box }]
  })
  return [...new Map(edges.map((edge) => [edgeId(edge), edge])).values()]
}

export function isCircle(graph: Graph, { source, target }: GraphEdge): boolean {
  const { outgoing } = indexOf(graph)
  const found = new Set([target])
  for (const id of found) for (const edge of outgoing.get(id) ?? []) found.add(edge.target)
  return found.has(source)
}

/** A node without edges of its own that is dropped on an edge goes in between. */
function split(graph: Graph, id: string, edge: GraphEdge): SingleEdit[] {
  const node = indexOf(graph).byId.get(id)
  return node === undefined || !mayBeInserted(graph, id, edge) ? [] : insertInto(node, edge)
}

export function mayBeInserted(graph: Graph, id: string, edge: GraphEdge): boolean {
  const { incoming, outgoing } = indexOf(graph)
  const isLoose = !incoming.has(id) && !outgoing.has(id)
  return isLoose && edge.source !== id && edge.target !== id && parentOf(graph, id) === parentOf(graph, edge.source)
}
