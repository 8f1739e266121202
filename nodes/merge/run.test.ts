import { describe, expect, it } from 'vitest'
import { enter, nodeContext } from '../testing/context'
import { mergeRun } from './run'
import { mergeSpec } from './spec'

const merge = (mode: string, sources: { source: string; value: string | null }[]) =>
  enter(mergeRun, nodeContext(mergeSpec, { config: { mode }, arrived: () => sources, input: 'unused' }))

const both = [
  { source: 'b', value: 'from b' },
  { source: 'a', value: 'from a' },
]

describe('a merge', () => {
  it('of all puts what is live side by side, also when it is one', async () => {
    expect(await merge('all', both)).toEqual({ output: { a: 'from a', b: 'from b' } })
    expect(await merge('all', both.slice(0, 1))).toEqual({ output: { b: 'from b' } })
  })

  it('of any goes on with the first that came, even if that is null', async () => {
    expect(await merge('any', both)).toEqual({ output: 'from b' })
    expect(await merge('any', [{ source: 'c', value: null }, ...both])).toEqual({ output: null })
  })
})
