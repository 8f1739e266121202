import { boundsOf, type Place, placesOf, type Rect, type Size } from '@/components/editor/graph/geometry'
import { isBox, isNote, specOf } from '@/components/editor/graph/kinds'
import type { Family } from '@/components/node-kit/view'
import type { Graph } from '@/engine/graph/schema'
import type { GraphSketch } from '@/engine/graph/sketch'

export type ThumbnailShape = Rect & { id: string; family: Family; shape: 'box' | 'card' }
export type ThumbnailLine = { id: string; path: string }
export type Thumbnail = { frame: Size; boxes: ThumbnailShape[]; cards: ThumbnailShape[]; lines: ThumbnailLine[] }

const margin = 14
/** A graph of two nodes isn't blown up: all pictures of a page are about equally fine. */
const smallPicture = { largestScale: 0.32 } as const

/** A graph as a few rectangles and lines, put whole into the middle of a frame. Notes are left out: nobody can read them. */
export function drawThumbnail(
  sketch: GraphSketch,
  frame: Size,
  { largestScale }: { largestScale: number } = smallPicture,
): Thumbnail {
  const nodes = sketch.nodes.filter(({ kind }) => !isNote(kind))
  const drawn: Graph = {
    baton: 1,
    name: '',
    nodes: nodes.map((node) => ({ ...node, config: {} })),
    edges: [...sketch.edges],
  }
  const places = placesOf(drawn)
  const toFrame = fitInto(frame, largestScale, [...places.values()])
  const shapes = nodes.flatMap(({ id, kind }) => {
    const place = places.get(id)
    if (place === undefined) return []
    const shape = isBox(kind) ? ('box' as const) : ('card' as const)
    return [{ id, family: specOf(kind)?.family ?? ('ends' as const), shape, ...toFrame(place) }]
  })
  const byId = new Map(shapes.map((shape) => [shape.id, shape]))
  const bySize = (a: Rect, b: Rect) => b.width * b.height - a.width * a.height
  return {
    frame,
    // The outer ones first, so that the inner ones lie on top.
    boxes: shapes.filter(({ shape }) => shape === 'box').sort(bySize),
    cards: shapes.filter(({ shape }) => shape === 'card'),
    lines: linesOf(sketch, byId),
  }
}

/** Maps places of the canvas into the frame: scaled alike in both directions, centred, with room around. */
function fitInto(frame: Size, largestScale: number, places: readonly Place[]): (place: Place) => Rect {
  const bounds = boundsOf(places.map(({ absolute, size }) => ({ ...absolute, ...size }))) ?? emptyBounds
  const scale = Math.min(
    largestScale,
    (frame.width - 2 * margin) / Math.max(1, bounds.width),
    (frame.height - 2 * margin) / Math.max(1, bounds.height),
  )
  const left = (frame.width - bounds.width * scale) / 2
  const top = (frame.height - bounds.height * scale) / 2
  return ({ absolute, size }) => ({
    x: fine(left + (absolute.x - bounds.x) * scale),
    y: fine(top + (absolute.y - bounds.y) * scale),
    width: fine(size.width * scale),
    height: fine(size.height * scale),
  })
}

const emptyBounds: Rect = { x: 0, y: 0, width: 0, height: 0 }
const fine = (value: number): number => Math.round(value * 100) / 100

function linesOf({ edges }: GraphSketch, shapes: ReadonlyMap<string, Rect>): ThumbnailLine[] {
  const lines = new Map<string, ThumbnailLine>()
  for (const { source, target } of edges) {
    const from = shapes.get(source)
    const to = shapes.get(target)
    const id = `${source}>${target}`
    if (from && to) lines.set(id, { id, path: curve(from, to) })
  }
  return [...lines.values()]
}

/** From the right side to the left side, leaving and arriving level. */
function curve(from: Rect, to: Rect): string {
  const [x1, y1] = [fine(from.x + from.width), fine(from.y + from.height / 2)]
  const [x2, y2] = [fine(to.x), fine(to.y + to.height / 2)]
  const reach = fine(Math.max(4, Math.abs(x2 - x1) / 2))
  return `M${x1} ${y1}C${fine(x1 + reach)} ${y1} ${fine(x2 - reach)} ${y2} ${x2} ${y2}`
}
