import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enter, nodeContext } from '../testing/context'
import { conditionRun } from './run'
import { conditionSpec } from './spec'

const decide = (expression: string, n: unknown) =>
  enter(conditionRun, nodeContext(conditionSpec, { config: { expression }, values: { start: { n: n as never } } }))

describe('a condition', () => {
  it('lets what arrived go on by the port of its answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (n) => {
        const result = n > 10
        expect(await decide('start.n > 10', n)).toEqual({ pass: true, ports: [String(result)], detail: { result } })
      }),
    )
  })

  it('fails when its answer is neither true nor false', async () => {
    await expect(decide('start.n', 5)).rejects.toMatchObject({ failure: { code: 'not_boolean' } })
  })
})
