import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runTree } from '@/components/run/run-tree'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { axisOf, placeOf, ticksOf, waterfallRows } from './waterfall'

const agent = (id: string, parent?: string) => ({
  id,
  kind: 'agent',
  config: { instructions: 'Help.', prompt: 'Go.' },
  ...(parent === undefined ? {} : { parent }),
})
const graph = buildGraph(
  [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
    agent('write'),
    { id: 'each', kind: 'map', config: { items: '[1, 2]' } },
    agent('check', 'each'),
    { id: 'done', kind: 'output' },
  ],
  ['start -> write', 'write -> each', 'each -> done'],
)

function halfway(items = 2) {
  const run = openRun(planOf(graph, specs))
  run.done('start')
  run.pass(300)
  const model = { type: 'step.completed', path: 'write', step: 'm1', kind: 'model', model: 'default' } as const
  run.say({ ...model, result: refTo('x'), startedAt: 1_000 })
  run.say({ type: 'step.completed', path: 'write', step: 'v', kind: 'value', result: refTo('x'), startedAt: 1_000 })
  run.done('write')
  run.pass(100)
  run.opens('each', { type: 'items', count: items, concurrency: items })
  run.pass(50)
  run.done('each[0]/check')
  return run
}
const rowsOf = (run: ReturnType<typeof halfway>, flipped: readonly string[] = []) =>
  waterfallRows(runTree(graph, run.state), run.state, new Set(flipped))

describe('the timeline', () => {
  it('shows what has begun, with model calls and items below their nodes', () => {
    const rows = rowsOf(halfway())
    expect(rows.map(({ depth, title }) => `${'  '.repeat(depth)}${title}`)).toEqual([
      'start',
      'write',
      '  Model call: default',
      'each',
      '  Item 1',
      '    check',
      '  Item 2',
      '    check',
    ])
    const byKey = new Map(rows.map((row) => [row.key, row]))
    expect(byKey.get('write')).toMatchObject({ from: 1_000, to: 1_300, tone: 'done' })
    expect(byKey.get('write:m1')).toMatchObject({ from: 1_000, to: 1_300, tone: 'model', path: 'write' })
    expect(byKey.get('each')).toMatchObject({ to: null, tone: 'active' })
    expect(byKey.get('each[0]')).toMatchObject({ from: 1_400, to: 1_450, tone: 'done' })
    expect(byKey.get('each[1]')).toMatchObject({ from: 1_400, to: null, tone: 'active' })
  })

  it('folds and unfolds', () => {
    const run = halfway()
    expect(rowsOf(run, ['write']).map(({ key }) => key)).not.toContain('write:m1')
    expect(rowsOf(run, ['each']).map(({ key }) => key)).toEqual(['start', 'write', 'write:m1', 'each'])
  })

  it('keeps many items folded until somebody opens one', () => {
    const run = halfway(40)
    expect(rowsOf(run).filter(({ key }) => key.endsWith('/check'))).toEqual([])
    expect(rowsOf(run).filter(({ key }) => key.startsWith('each['))).toHaveLength(40)
    expect(rowsOf(run, ['each[7]']).map(({ key }) => key)).toContain('each[7]/check')
  })

  it('gives every bar its place between the beginning and now', () => {
    const run = halfway()
    const axis = axisOf(run.state, 1_600)
    expect(axis).toEqual({ from: 1_000, to: 1_600 })
    expect(placeOf(axis, 1_300)).toBe(0.5)
    for (const { from, to } of rowsOf(run)) {
      const [start, end] = [placeOf(axis, from ?? 0), placeOf(axis, to ?? 1_600)]
      expect(start).toBeGreaterThanOrEqual(0)
      expect(end).toBeGreaterThanOrEqual(start)
      expect(end).toBeLessThanOrEqual(1)
    }
  })

  it('marks round times, never more than there is room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400_000_000 }), fc.integer({ min: 1, max: 12 }), (length, most) => {
        const ticks = ticksOf({ from: 0, to: length }, most)
        expect(ticks.length).toBeLessThanOrEqual(most)
        expect(ticks.every((tick) => tick > 0 && tick <= length)).toBe(true)
      }),
    )
    expect(ticksOf({ from: 0, to: 4_200 }, 5)).toEqual([1_000, 2_000, 3_000, 4_000])
  })
})
