import { boundsOf, gap, overlaps, type Point, placesOf, type Rect } from '@/components/editor/graph/geometry'
import { indexOf } from '@/components/editor/graph/graph-index'
import type { Graph, GraphNode } from '@/engine/graph/schema'

/** What lies in a box, as seen from it. */
export const rectsIn = (graph: Graph, box: string | null, counts: (node: GraphNode) => boolean): Rect[] =>
  (indexOf(graph).children.get(box) ?? []).filter(counts).flatMap((node) => {
    const place = placesOf(graph).get(node.id)
    return place === undefined ? [] : [{ ...place.at, ...place.size }]
  })

type Ways = 'behind' | 'around'

/** How far a piece has to go so that it covers nothing: not at all, or the least way to the right, down, or anywhere. */
export function wayToFreePlace(piece: readonly Rect[], others: readonly Rect[], ways: Ways = 'behind'): Point {
  const stay = { x: 0, y: 0 }
  if (clash(piece, others, { by: stay, apart: 0 }) === null) return stay
  const open: Point[] = [stay]
  const seen = new Set<string>()
  for (let tries = 0; tries < 2_000; tries += 1) {
    const by = takeNearest(open)
    if (by === null) break
    const found = clash(piece, others, { by, apart: gap })
    if (found === null) return by
    for (const next of past(found, by, ways)) {
      const key = `${next.x} ${next.y}`
      if (!seen.has(key)) open.push(next)
      seen.add(key)
    }
  }
  return belowAll(piece, others)
}

function takeNearest(open: Point[]): Point | null {
  const far = ({ x, y }: Point) => Math.hypot(x, y)
  const nearest = open.reduce<Point | null>(
    (best, each) => (best === null || far(each) < far(best) ? each : best),
    null,
  )
  if (nearest !== null) open.splice(open.indexOf(nearest), 1)
  return nearest
}

type Clash = { mine: Rect; other: Rect }

function clash(
  piece: readonly Rect[],
  others: readonly Rect[],
  { by, apart }: { by: Point; apart: number },
): Clash | null {
  for (const mine of piece) {
    const wide = {
      x: mine.x + by.x - apart,
      y: mine.y + by.y - apart,
      width: mine.width + 2 * apart,
      height: mine.height + 2 * apart,
    }
    const other = others.find((each) => overlaps(wide, each))
    if (other !== undefined) return { mine, other }
  }
  return null
}

function past({ mine, other }: Clash, by: Point, ways: Ways): Point[] {
  const behind = [
    { x: other.x + other.width + gap - mine.x, y: by.y },
    { x: by.x, y: other.y + other.height + gap - mine.y },
  ]
  if (ways === 'behind') return behind
  return [
    ...behind,
    { x: other.x - gap - mine.width - mine.x, y: by.y },
    { x: by.x, y: other.y - gap - mine.height - mine.y },
  ]
}

function belowAll(piece: readonly Rect[], others: readonly Rect[]): Point {
  const [mine, theirs] = [boundsOf(piece), boundsOf(others)]
  return mine === null || theirs === null ? { x: 0, y: 0 } : { x: 0, y: theirs.y + theirs.height + gap - mine.y }
}
