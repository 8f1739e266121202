import { describe, expect, it } from 'vitest'
import { enter, nodeContext } from '../testing/context'
import { mergeRun } from './run'
import { mergeSpec } from './spec'

const merge = (mode: string, sources: { source: string; value: string | null; endedAt: number }[]) =>
  enter(mergeRun, nodeContext(mergeSpec, { config: { mode }, arrived: () => sources, input: 'unused' }))

const both = [
  { source: 'b', value: 'from b', endedAt: 2 },
  { source: 'a', value: 'from a', endedAt: 1 },
]

describe('a merge', () => {
  it('of all puts what is live side by side in the order drawn, also when it is one', async () => {
    expect(JSON.stringify(await merge('all', both))).toBe('{"output":{"b":"from b","a":"from a"}}')
    expect(await merge('all', both.slice(0, 1))).toEqual({ output: { b: 'from b' } })
  })

  it('of any goes on with the first that came, even if that is null', async () => {
    expect(await merge('any', both)).toEqual({ output: 'from a' })
    expect(await merge('any', [...both, { source: 'c', value: null, endedAt: 0 }])).toEqual({ output: null })
  })
})
