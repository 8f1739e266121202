import { drawThumbnail, type ThumbnailShape } from '@/components/graph-thumbnail/draw-thumbnail'
import type { Family } from '@/components/node-kit/view'
import type { GraphSketch } from '@/engine/graph/sketch'

/** The light theme, in plain colours: the renderer knows no variables of a stylesheet. */
const hues: Record<Family, string> = {
  people: '#7236e0',
  flow: '#1f5fd6',
  data: '#0b736b',
  human: '#a4560a',
  ends: '#4a5163',
  note: '#4a5163',
}

/** A graph as an SVG text. It holds shapes only, no words of anybody. */
export function graphSvg(sketch: GraphSketch, frame: { width: number; height: number }): string {
  const { boxes, cards, lines } = drawThumbnail(sketch, frame, { largestScale: 0.72 })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}" viewBox="0 0 ${frame.width} ${frame.height}">`,
    ...boxes.map((shape) => rect(shape, { radius: 14, fill: 0.07, stroke: 0.35 })),
    ...lines.map(({ path }) => `<path d="${path}" fill="none" stroke="#98a0b3" stroke-width="2.5"/>`),
    ...cards.flatMap(card),
    '</svg>',
  ].join('')
}

type Look = { radius: number; fill: number; stroke: number }

function rect({ x, y, width, height, family }: ThumbnailShape, { radius, fill, stroke }: Look): string {
  const rounded = Math.min(radius, height / 4)
  const place = `x="${x}" y="${y}" width="${width}" height="${height}" rx="${rounded}"`
  return (
    `<rect ${place} fill="#ffffff"/>` +
    `<rect ${place} fill="${hues[family]}" fill-opacity="${fill}" stroke="${hues[family]}" stroke-opacity="${stroke}" stroke-width="2"/>`
  )
}

function card(shape: ThumbnailShape): string[] {
  const { x, y, width, height, family } = shape
  const icon = Math.min(height * 0.4, 24)
  const middle = y + height / 2
  const bar = Math.max(0, width - icon * 3)
  return [
    rect(shape, { radius: 10, fill: 0.09, stroke: 0.6 }),
    `<rect x="${x + icon * 0.6}" y="${middle - icon / 2}" width="${icon}" height="${icon}" rx="${icon / 4}" fill="${hues[family]}"/>`,
    `<rect x="${x + icon * 2.1}" y="${middle - icon / 5}" width="${bar}" height="${icon / 2.5}" rx="${icon / 5}" fill="${hues[family]}" fill-opacity="0.35"/>`,
  ]
}
