import { change } from '@/components/editor/actions/commit'
import { entrance } from '@/components/editor/actions/drop-nodes'
import { pushAside } from '@/components/editor/actions/push-aside'
import { selectedRoots } from '@/components/editor/actions/selection'
import { rectsIn, wayToFreePlace } from '@/components/editor/graph/free-place'
import {
  boundsOf,
  boxPadding,
  centreOf,
  intoBox,
  overlaps,
  type Point,
  type Rect,
  rectOf,
  round,
  type Size,
} from '@/components/editor/graph/geometry'
import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { isNote, mayLieIn, nameOf } from '@/components/editor/graph/kinds'
import { newNode } from '@/components/editor/graph/new-node'
import type { Editor } from '@/components/editor/store/types'
import type { SingleEdit } from '@/engine/graph/edits'
import type { Graph, GraphNode } from '@/engine/graph/schema'

/** A team around the selected agents. A chain of them becomes a sequence, everything else gets a lead. */
export function groupIntoTeam(editor: Editor): void {
  const { graph } = editor.store.getState()
  const ids = selectedRoots(editor)
  const { byId } = indexOf(graph)
  const nodes = ids.flatMap((id) => byId.get(id) ?? [])
  const parent = ids[0] === undefined ? null : parentOf(graph, ids[0])
  const why = whyNoTeam(graph, nodes, parent)
  if (why !== null) {
    editor.say(why, 'failed')
    return
  }
  const arranged = arrange(graph, ids, parent)
  if (arranged === null) return
  const made = newNode(graph, 'team')
  const team: GraphNode = {
    ...made,
    config: { ...made.config, mode: isChain(graph, ids) ? 'sequence' : 'supervisor' },
    position: arranged.at,
    ...(parent === null ? {} : { parent }),
  }
  const withTeam: Graph = { ...graph, nodes: [...graph.nodes, team] }
  const edits: SingleEdit[] = [
    { type: 'add', nodes: [{ node: team }], edges: [] },
    ...entrance(withTeam, ids, team.id),
    { type: 'move', positions: arranged.members },
  ]
  if (change(editor, pushAside(graph, edits, [team.id]), { label: 'Group into a team' }))
    editor.store.getState().select([team.id])
}

type Arranged = { at: Point; members: { [id: string]: Point } }

/** Everybody stays where they are, unless the box would seem to hold others too: then they stand close together. */
function arrange(graph: Graph, ids: readonly string[], parent: string | null): Arranged | null {
  const members = ids.flatMap((id) => {
    const rect = rectOf(graph, id)
    return rect === null ? [] : [{ id, ...rect }]
  })
  const bounds = boundsOf(members)
  if (bounds === null) return null
  const others = rectsIn(graph, parent, ({ id, kind }) => !ids.includes(id) && !isNote(kind))
  const corner = { x: bounds.x - boxPadding.left, y: bounds.y - boxPadding.top }
  const at = intoBox(graph, parent, corner)
  const isAlone = !others.some((other) => overlaps({ ...at, ...framed(bounds) }, other))
  if (isAlone) {
    const places = members.map(({ id, x, y }) => [id, round({ x: x - corner.x, y: y - corner.y })] as const)
    return { at, members: Object.fromEntries(places) }
  }
  const packed = pack(members)
  const size = framed(packed.size)
  const middle = centreOf(bounds)
  const wanted = intoBox(graph, parent, { x: middle.x - size.width / 2, y: middle.y - size.height / 2 })
  // In a box, left and above may be its border.
  const way = wayToFreePlace([{ ...wanted, ...size }], others, parent === null ? 'around' : 'behind')
  return { at: { x: wanted.x + way.x, y: wanted.y + way.y }, members: packed.members }
}

const framed = ({ width, height }: Size): Size => ({
  width: width + boxPadding.left + boxPadding.right,
  height: height + boxPadding.top + boxPadding.bottom,
})

const apart = 24

/** As they stood from left to right: a few in a row, more in a square. */
function pack(members: readonly (Rect & { id: string })[]): { size: Size; members: Arranged['members'] } {
  const sorted = members.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const across = sorted.length <= 4 ? sorted.length : Math.ceil(Math.sqrt(sorted.length))
  const columns = Object.values(Object.groupBy(sorted, (_, index) => index % across))
  const rows = Object.values(Object.groupBy(sorted, (_, index) => Math.floor(index / across)))
  const lefts = starts(columns.map((column = []) => Math.max(...column.map(({ width }) => width))))
  const tops = starts(rows.map((row = []) => Math.max(...row.map(({ height }) => height))))
  const places = sorted.map(({ id }, index) => {
    const x = boxPadding.left + (lefts[index % across] ?? 0)
    const y = boxPadding.top + (tops[Math.floor(index / across)] ?? 0)
    return [id, { x, y }] as const
  })
  const end = (from: readonly number[]) => (from.at(-1) ?? 0) - apart
  return { size: { width: end(lefts), height: end(tops) }, members: Object.fromEntries(places) }
}

/** Where each of a row begins, and where one more would. */
function starts(lengths: readonly number[]): number[] {
  const found = [0]
  for (const length of lengths) found.push((found.at(-1) ?? 0) + length + apart)
  return found
}

function whyNoTeam(graph: Graph, nodes: readonly GraphNode[], parent: string | null): string | null {
  if (nodes.length === 0) return 'Select the agents that should become a team.'
  const odd = nodes.find((node) => !mayLieIn(node.kind, 'team') || node.kind === 'note')
  if (odd !== undefined) return `${nameOf(odd)} can't be a member of a team; only agents, teams and workflows can.`
  if (nodes.some((node) => parentOf(graph, node.id) !== parent)) return 'The selected nodes lie in different boxes.'
  return null
}

function isChain(graph: Graph, ids: readonly string[]): boolean {
  const inside = graph.edges.filter(({ source, target }) => ids.includes(source) && ids.includes(target))
  return (
    ids.length > 1 &&
    inside.length === ids.length - 1 &&
    new Set(inside.map(({ target }) => target)).size === inside.length
  )
}
