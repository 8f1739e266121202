import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { enter, nodeContext } from '../testing/context'
import { waitRun } from './run'
import { waitSpec } from './spec'

const run = (config: object, value: Json = null) =>
  enter(waitRun, nodeContext(waitSpec, { config, values: { a: { value } } }))
const invalid = { failure: { code: 'invalid_input' } }

describe('a wait', () => {
  it('lasts some seconds, given or rendered', async () => {
    expect(await run({ seconds: 2.5 })).toEqual({ wait: { reason: 'timer', seconds: 2.5 } })
    expect(await run({ seconds: '{{ a.value }}' }, 30)).toEqual({ wait: { reason: 'timer', seconds: 30 } })
    for (const value of [null, 'soon', -1, 1e12])
      await expect(run({ seconds: '{{ a.value }}' }, value)).rejects.toMatchObject(invalid)
  })

  it.each([
    ['2027-01-31', Date.UTC(2027, 0, 31)],
    ['2027-01-31T09:00', Date.UTC(2027, 0, 31, 9)],
    ['2027-01-31T09:00:30Z', Date.UTC(2027, 0, 31, 9, 0, 30)],
    ['2027-01-31 09:00:30.5+02:00', Date.UTC(2027, 0, 31, 7, 0, 30, 500)],
  ])('lasts until %s, which is UTC unless it has a zone', async (value, until) => {
    expect(await run({ until: '{{ a.value }}' }, value)).toEqual({ wait: { reason: 'timer', until } })
  })

  it.each([['tomorrow'], ['2027'], ['2027-13-01'], [null], [5]])('does not take %j for a time', async (value) => {
    await expect(run({ until: '{{ a.value }}' }, value)).rejects.toMatchObject(invalid)
  })

  it('lets what arrived go on when its time has come', async () => {
    const context = nodeContext(waitSpec, { config: { seconds: 5 }, resumed: { type: 'timer' } })
    expect(await enter(waitRun, context)).toEqual({ pass: true, ports: ['out'] })
  })
})
