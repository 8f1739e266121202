import { gap, overlaps, placesOf, type Rect } from '@/components/editor/graph/geometry'
import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { isNote } from '@/components/editor/graph/kinds'
import { applyEdit } from '@/engine/graph/edit'
import type { SingleEdit } from '@/engine/graph/edits'
import type { Graph } from '@/engine/graph/schema'

/** The edits, and that what lies beside a box that grows by them makes room for it; likewise for the boxes around. */
export function pushAside(graph: Graph, edits: readonly SingleEdit[], placed: readonly string[]): SingleEdit[] {
  const all = [...edits]
  const [first, ...more] = edits
  const edited = first === undefined ? null : applyEdit(graph, { type: 'batch', edits: [first, ...more] })
  // Why it can't be done is said when it is tried.
  if (edited === null || 'refused' in edited) return all
  let now = edited.graph
  for (const home of new Set(placed.map((id) => parentOf(edited.graph, id)))) {
    for (let box = home; box !== null; box = parentOf(now, box)) {
      const move = roomFor(graph, now, { box, placed })
      const moved = move === null ? null : applyEdit(now, move)
      if (move === null || moved === null || 'refused' in moved) continue
      all.push(move)
      now = moved.graph
    }
  }
  return all
}

/** What lay to the right goes on to the right, and what lay below further down, so that their order stays. */
function roomFor(before: Graph, now: Graph, { box, placed }: { box: string; placed: readonly string[] }) {
  const [old, grown] = [ownRect(before, box), ownRect(now, box)]
  if (old === null || grown === null) return null
  const [right, bottom] = [old.x + old.width, old.y + old.height]
  const others = (indexOf(now).children.get(parentOf(now, box)) ?? []).flatMap(({ id, kind }) => {
    const rect = ownRect(now, id)
    return rect === null || id === box || placed.includes(id) || isNote(kind) ? [] : [{ id, ...rect }]
  })
  let [across, down] = [0, 0]
  for (const other of others.filter((each) => overlaps(each, grown))) {
    const missing = { x: grown.x + grown.width + gap - other.x, y: grown.y + grown.height + gap - other.y }
    const [isRight, isBelow] = [other.x >= right, other.y >= bottom]
    if (isRight && (!isBelow || missing.x <= missing.y)) across = Math.max(across, missing.x)
    else if (isBelow) down = Math.max(down, missing.y)
  }
  if (across === 0 && down === 0) return null
  const positions = others
    .map(({ id, x, y }) => [id, { x: x >= right ? x + across : x, y: y >= bottom ? y + down : y }] as const)
    .filter(([id, at]) => at.x !== placesOf(now).get(id)?.at.x || at.y !== placesOf(now).get(id)?.at.y)
  return { type: 'move', positions: Object.fromEntries(positions) } as const
}

function ownRect(graph: Graph, id: string): Rect | null {
  const place = placesOf(graph).get(id)
  return place === undefined ? null : { ...place.at, ...place.size }
}
