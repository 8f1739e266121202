import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import type { ScopeResult } from '@/engine/kind/run'
import { advance, boxContext } from '../testing/context'
import { mapRun } from './run'
import { mapSpec } from './spec'

const start = (items: Json) =>
  advance(mapRun, boxContext(mapSpec, { config: { items: 'start.list' }, values: { start: { list: items } } }, {}))

const finish = (results: readonly ScopeResult[], onItemError: string) => {
  const opening = { type: 'items', count: results.length, concurrency: 10 } as const
  const config = { items: 'start.list', onItemError }
  return advance(mapRun, boxContext(mapSpec, { config }, { opened: [{ opening, value: [] }], results }))
}

describe('a map', () => {
  it('opens its items once and gives the results back in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1 }), async (list) => {
        const items = list as Json[]
        const open = { type: 'items', count: items.length, concurrency: 10 }
        expect(await start(items)).toEqual({ open, value: items })
        const results = items.map((value): ScopeResult => ({ status: 'completed', value }))
        expect(await finish(results, 'fail')).toEqual({ output: items })
      }),
    )
  })

  it('is done at once when there are no items', async () => {
    expect(await start([])).toEqual({ output: [] })
  })

  it.each([[null], ['text'], [{ a: 1 }], [5]])('does not take %j for a list', async (items) => {
    await expect(start(items)).rejects.toMatchObject({ failure: { code: 'invalid_input' } })
  })

  it('takes 10,000 items and not one more', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => index)
    await expect(start(many)).rejects.toMatchObject({ failure: { code: 'too_many_items' } })
    expect(await start(many.slice(1))).toMatchObject({ open: { count: 10_000 } })
  })

  it('puts null where an item failed, or fails and names it', async () => {
    const failure = { code: 'timeout', message: 'Too slow.' } as const
    const results: ScopeResult[] = [
      { status: 'completed', value: 1 },
      { status: 'failed', failure, path: 'each[1]/write' },
      { status: 'completed', value: 3 },
    ]
    expect(await finish(results, 'null')).toEqual({ output: [1, null, 3] })
    await expect(finish(results, 'fail')).rejects.toMatchObject({
      failure: { code: 'item_failed', message: 'Item 1 (counted from 0) failed at each[1]/write: Too slow.' },
    })
  })
})
