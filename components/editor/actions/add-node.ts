import { change } from '@/components/editor/actions/commit'
import { pushAside } from '@/components/editor/actions/push-aside'
import { makeEdge } from '@/components/editor/graph/edge-id'
import { card, freeSpot, intoBox, type Point, placesOf } from '@/components/editor/graph/geometry'
import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { firstPort, isTeam, mayLieIn, specOf, takesEdges } from '@/components/editor/graph/kinds'
import { newNode } from '@/components/editor/graph/new-node'
import type { AddPurpose, Editor } from '@/components/editor/store/types'
import type { SingleEdit } from '@/engine/graph/edits'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'

/** Where it goes: a point of the canvas (its top left corner), in a box or at the top. */
type Wanted = { kind: string; at: Point; parent: string | null; purpose: AddPurpose }

export function addNode(editor: Editor, { kind, at, parent, purpose }: Wanted): string | null {
  const { graph, select } = editor.store.getState()
  const title = specOf(kind)?.title ?? kind
  const box = parent === null ? null : (indexOf(graph).byId.get(parent)?.kind ?? null)
  if (!mayLieIn(kind, box)) {
    editor.say(`${title} can't stand ${parent === null ? 'outside of a box' : 'in this box'}.`, 'failed')
    return null
  }
  const wanted = intoBox(graph, parent, at)
  const spot = purpose.type === 'insert' ? wanted : freeSpot(graph, parent, wanted)
  const made: GraphNode = { ...newNode(graph, kind), position: spot, ...(parent === null ? {} : { parent }) }
  const edits: SingleEdit[] = [
    { type: 'add', nodes: [{ node: made }], edges: [] },
    ...wiring(graph, made, purpose),
    ...(purpose.type === 'insert' ? makeRoom(graph, purpose.edge, made) : []),
  ]
  if (!change(editor, pushAside(graph, edits, [made.id]), { label: `Add ${title}` })) return null
  select([made.id])
  return made.id
}

/** The edges that come with a new node. */
function wiring(graph: Graph, made: GraphNode, purpose: AddPurpose): SingleEdit[] {
  if (purpose.type === 'free') return []
  if (purpose.type === 'insert') return insertInto(made, purpose.edge)
  const { node, port, side } = purpose.end
  if (parentOf(graph, node) !== (made.parent ?? null)) return []
  if (side === 'source') return takesEdges(made.kind) ? [{ type: 'connect', edge: makeEdge(node, port, made.id) }] : []
  const out = firstPort(made)
  return out === null ? [] : [{ type: 'connect', edge: makeEdge(made.id, out, node) }]
}

/** `a → b` becomes `a → node → b`; a node behind which nothing can come takes the end of the edge. */
export function insertInto(node: GraphNode, edge: GraphEdge): SingleEdit[] {
  if (!takesEdges(node.kind)) return []
  const out = firstPort(node)
  return [
    { type: 'disconnect', edge },
    { type: 'connect', edge: makeEdge(edge.source, edge.sourcePort ?? 'out', node.id) },
    ...(out === null ? [] : [{ type: 'connect', edge: makeEdge(node.id, out, edge.target) } as const]),
  ]
}

/** What comes behind moves to the right when there is no room between the two. */
function makeRoom(graph: Graph, edge: GraphEdge, made: GraphNode): SingleEdit[] {
  const places = placesOf(graph)
  const target = places.get(edge.target)
  const right = (made.position?.x ?? 0) + card.width + 60
  const missing = target === undefined ? 0 : right - target.at.x
  if (missing <= 0) return []
  const { outgoing } = indexOf(graph)
  const behind = new Set([edge.target])
  for (const id of behind) for (const next of outgoing.get(id) ?? []) behind.add(next.target)
  const positions = Object.fromEntries(
    [...behind].flatMap((id) => {
      const place = places.get(id)
      return place === undefined ? [] : [[id, { x: place.at.x + missing, y: place.at.y }]]
    }),
  )
  return [{ type: 'move', positions }]
}

/** Without a pointer: behind the selected node and connected with it, or in the middle of what can be seen. */
export function placeForNew(editor: Editor, kind: string): Wanted {
  const { graph, selected } = editor.store.getState()
  const [only, ...more] = selected
  const node = only === undefined || more.length > 0 ? undefined : indexOf(graph).byId.get(only)
  const place = node === undefined ? undefined : placesOf(graph).get(node.id)
  if (node !== undefined && place !== undefined) {
    if (specOf(node.kind)?.box !== undefined && mayLieIn(kind, node.kind) && isRoomy(kind))
      return inside(graph, node, kind)
    const parent = parentOf(graph, node.id)
    const parentKind = parent === null ? null : (indexOf(graph).byId.get(parent)?.kind ?? null)
    if (mayLieIn(kind, parentKind)) {
      const port = firstPort(node)
      const isMember = parentKind !== null && isTeam(parentKind)
      const purpose: AddPurpose =
        port === null || isMember ? { type: 'free' } : { type: 'connect', end: { node: node.id, port, side: 'source' } }
      return { kind, at: { x: place.absolute.x + place.size.width + 80, y: place.absolute.y }, parent, purpose }
    }
  }
  const middle = editor.canvas.current?.middle() ?? { x: 0, y: 0 }
  const at = { x: middle.x - card.width / 2, y: middle.y - card.height / 2 }
  return { kind, at, parent: null, purpose: { type: 'free' } }
}

/** Into a selected box goes what a box is for; ends and notes go beside it. */
const isRoomy = (kind: string): boolean => kind !== 'note' && kind !== 'output'

function inside(graph: Graph, box: GraphNode, kind: string): Wanted {
  const places = placesOf(graph)
  const children = (indexOf(graph).children.get(box.id) ?? []).flatMap((child) => places.get(child.id) ?? [])
  const origin = places.get(box.id)?.absolute ?? { x: 0, y: 0 }
  const last = children.toSorted((a, b) => a.at.x - b.at.x).at(-1)
  const at =
    last === undefined
      ? { x: origin.x + 20, y: origin.y + 52 }
      : { x: last.absolute.x + last.size.width + 20, y: last.absolute.y }
  return { kind, at, parent: box.id, purpose: { type: 'free' } }
}
