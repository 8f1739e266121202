import { describe, expect, test } from 'vitest'
import type { GraphSketch } from '@/engine/graph/sketch'
import { drawThumbnail } from './draw-thumbnail'

const frame = { width: 320, height: 180 }
const wide: GraphSketch = {
  nodes: [
    { id: 'hint', kind: 'note', position: { x: -4_000, y: -4_000 } },
    { id: 'start', kind: 'input', position: { x: 0, y: 40 } },
    { id: 'crew', kind: 'team', position: { x: 400, y: 0 } },
    { id: 'lead', kind: 'agent', parent: 'crew', position: { x: 100, y: 60 } },
    { id: 'writer', kind: 'agent', parent: 'crew', position: { x: 400, y: 60 } },
    { id: 'done', kind: 'output', position: { x: 1_600, y: 40 } },
  ],
  edges: [
    { source: 'start', target: 'crew' },
    { source: 'crew', target: 'done' },
    { source: 'crew', target: 'done' },
    { source: 'hint', target: 'done' },
  ],
}
const all = (sketch: GraphSketch) => {
  const { boxes, cards } = drawThumbnail(sketch, frame)
  return [...boxes, ...cards]
}
const oneOf = (sketch: GraphSketch, id: string) => {
  const found = all(sketch).find((shape) => shape.id === id)
  if (found === undefined) throw new Error(`${id} is not drawn`)
  return found
}

describe('the small picture of a graph', () => {
  test('holds every node within the frame, but no note', () => {
    const shapes = all(wide)
    expect(shapes.map(({ id }) => id)).toEqual(['crew', 'start', 'lead', 'writer', 'done'])
    for (const { x, y, width, height } of shapes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(frame.width)
      expect(y + height).toBeLessThanOrEqual(frame.height)
    }
  })

  test('keeps proportions and stands in the middle: what is left over is the same on both sides', () => {
    const start = oneOf(wide, 'start')
    const done = oneOf(wide, 'done')
    const crew = oneOf(wide, 'crew')
    expect(start.width / start.height).toBeCloseTo(240 / 84, 1)
    expect(start.x).toBeCloseTo(frame.width - done.x - done.width, 1)
    expect(crew.y).toBeCloseTo(frame.height - crew.y - crew.height, 1)
  })

  test('shows members within their team, and gives each the hue of its family', () => {
    const crew = oneOf(wide, 'crew')
    const lead = oneOf(wide, 'lead')
    expect(lead.x).toBeGreaterThan(crew.x)
    expect(lead.x + lead.width).toBeLessThan(crew.x + crew.width)
    expect(crew).toMatchObject({ shape: 'box', family: 'people' })
    expect(lead).toMatchObject({ shape: 'card', family: 'people' })
    expect(oneOf(wide, 'start').family).toBe('ends')
  })

  test('draws one line between two nodes, from the right of one to the left of the other', () => {
    const { lines } = drawThumbnail(wide, frame)
    expect(lines.map(({ id }) => id)).toEqual(['start>crew', 'crew>done'])
    const start = oneOf(wide, 'start')
    const crew = oneOf(wide, 'crew')
    const numbers = (lines[0]?.path ?? '')
      .split(/[MC ]+/)
      .filter(Boolean)
      .map(Number)
    expect(numbers[0]).toBeCloseTo(start.x + start.width, 1)
    expect(numbers[1]).toBeCloseTo(start.y + start.height / 2, 1)
    expect(numbers.at(-2)).toBeCloseTo(crew.x, 1)
    expect(numbers.at(-1)).toBeCloseTo(crew.y + crew.height / 2, 1)
  })

  test('does not blow a single node up, and draws nothing of nothing', () => {
    const alone = oneOf({ nodes: [{ id: 'start', kind: 'input' }], edges: [] }, 'start')
    expect(alone.width).toBeLessThan(frame.width / 3)
    expect(alone.x + alone.width / 2).toBeCloseTo(frame.width / 2, 1)
    expect(drawThumbnail({ nodes: [], edges: [] }, frame)).toEqual({ frame, boxes: [], cards: [], lines: [] })
  })

  test('finds places for nodes that have none, and knows kinds that do not exist', () => {
    const sketch = {
      nodes: [
        { id: 'a', kind: 'input' },
        { id: 'b', kind: 'nothing' },
      ],
      edges: [{ source: 'a', target: 'b' }],
    }
    expect(oneOf(sketch, 'b').x).toBeGreaterThan(oneOf(sketch, 'a').x)
  })
})
