import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScopeResult } from '@/engine/kind/run'
import { advance, boxContext } from '../testing/context'
import { loopRun } from './run'
import { loopSpec } from './spec'

const moveAfter = (values: readonly number[], config: object) => {
  const opened = values.map((_, index) => ({ opening: { type: 'iteration', index } as const, value: null }))
  const results = values.map((value): ScopeResult => ({ status: 'completed', value }))
  const inside = (index: number) => ({ output: values[index] ?? null, iteration: index })
  return advance(
    loopRun,
    boxContext(loopSpec, { config: { until: 'output >= 10', ...config } }, { opened, results, inside }),
  )
}

describe('a loop', () => {
  it('goes on until its condition holds or it may not go on', async () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 8 }), async (all, maxIterations) => {
        const done = all.slice(0, maxIterations)
        const move = await moveAfter(done, { maxIterations })
        const last = done.at(-1)
        const ends = last !== undefined && (last >= 10 || done.length === maxIterations)
        expect(move).toEqual(ends ? { output: last } : { open: { type: 'iteration', index: done.length }, value: null })
      }),
    )
  })

  it('fails at its limit when it is told to', async () => {
    const config = { maxIterations: 2, onLimit: 'fail' }
    await expect(moveAfter([1, 2], config)).rejects.toMatchObject({ failure: { code: 'loop_limit' } })
    expect(await moveAfter([1, 10], config)).toEqual({ output: 10 })
  })

  it('fails with its iteration', async () => {
    const opened = [{ opening: { type: 'iteration', index: 0 } as const, value: null }]
    const results: ScopeResult[] = [
      { status: 'failed', failure: { code: 'timeout', message: 'Too slow.' }, path: 'again[0]/write' },
    ]
    const config = { until: 'true', maxIterations: 3 }
    await expect(advance(loopRun, boxContext(loopSpec, { config }, { opened, results }))).rejects.toMatchObject({
      failure: { code: 'timeout', message: 'Iteration 0 (counted from 0) failed at again[0]/write: Too slow.' },
    })
  })
})
