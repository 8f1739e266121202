import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drawOverview, frameOf } from './overview-drawing'

const size = { width: 168, height: 112 }
const place = fc.integer({ min: -20_000, max: 20_000 })
const length = fc.integer({ min: 20, max: 2_000 })
const block = fc.record({
  group: fc.constantFrom('people', 'flow', 'box'),
  rect: fc.record({ x: place, y: place, width: length, height: length }),
})

it('the overview has room for every node, in its own shape, and draws each in its group', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 40 }), (blocks) => {
      const { bounds, paths } = drawOverview(blocks, size)
      expect(bounds.width / bounds.height).toBeCloseTo(size.width / size.height)
      for (const { group, rect } of blocks) {
        expect(rect.x).toBeGreaterThanOrEqual(bounds.x)
        expect(rect.y).toBeGreaterThanOrEqual(bounds.y)
        expect(rect.x + rect.width).toBeLessThanOrEqual(bounds.x + bounds.width)
        expect(rect.y + rect.height).toBeLessThanOrEqual(bounds.y + bounds.height)
        const drawn = paths.find((path) => path.group === group)?.d
        expect(drawn).toContain(`M${rect.x} ${rect.y}h${rect.width}v${rect.height}h`)
      }
      expect(paths.map(({ d }) => d.split('M').length - 1).reduce((a, b) => a + b)).toBe(blocks.length)
    }),
  )
})

it('the frame in the overview is what the canvas shows', () => {
  const { bounds } = drawOverview([{ group: 'flow', rect: { x: 0, y: 0, width: 1_680, height: 1_120 } }], size)
  const scale = size.width / bounds.width
  const frame = frameOf(bounds, { x: -100, y: 60, zoom: 0.5, width: 400, height: 300 }, size)
  expect(frame.x).toBeCloseTo((200 - bounds.x) * scale)
  expect(frame.y).toBeCloseTo((-120 - bounds.y) * scale)
  expect(frame.width).toBeCloseTo(800 * scale)
  expect(frame.height).toBeCloseTo(600 * scale)
})

it('an overview of nothing is still an overview', () => {
  expect(drawOverview([], size)).toEqual({ bounds: { x: 0, y: 0, ...size }, paths: [] })
})
