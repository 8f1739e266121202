import { randomInt, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { causeIdOf, describeCause, withoutDetails } from './cause'

const idOfFailure = (message: string, path = 'call', httpStatus: number | null = null) =>
  causeIdOf(describeCause({ code: 'http_status', message, path, httpStatus }))

describe('the cause of a failure', () => {
  it('is the same whatever run, item, turn, time, number and id it names', () => {
    const message = () =>
      `Order ${randomInt(1e9)} of ${randomUUID()} was refused at ${new Date(randomInt(1e12)).toISOString()} (key ab${randomInt(1e9)}xyz).`
    const ids = Array.from({ length: 50 }, () =>
      idOfFailure(message(), `each[${randomInt(1_000)}]/crew/call#${randomInt(1, 9)}`),
    )
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it('is another one for another node, code, status or sentence', () => {
    const said = 'The other side answered with an error.'
    const ids = [
      idOfFailure(said),
      idOfFailure(said, 'other'),
      idOfFailure(said, 'call', 500),
      idOfFailure(said, 'call', 404),
      idOfFailure('It never answered.'),
      causeIdOf(describeCause({ code: 'network', message: said, path: 'call' })),
      causeIdOf(describeCause({ code: 'stuck', message: said })),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([
    ['Attempt 3 of 5 took 1.25 s.', 'Attempt … of … took … s.'],
    ['The tool `search_web` is not known.', 'The tool `search_web` is not known.'],
    ['The field `amount` must be a number.', 'The field `amount` must be a number.'],
    ['The file 7f3a9c21bd is gone.', 'The file … is gone.'],
    [`The site said "${'x '.repeat(40)}".`, 'The site said "…".'],
    ['The model said "no".', 'The model said "no".'],
  ])('%s reads as %s', (message, shown) => {
    expect(withoutDetails(message)).toBe(shown)
  })

  it('is found in a message of any size without taking long', () => {
    for (const text of [
      'a_'.repeat(500_000),
      '1'.repeat(1_000_000),
      '"'.repeat(1_000_000),
      '2024-01-01T'.repeat(90_000),
    ]) {
      const began = performance.now()
      expect(withoutDetails(text).length).toBeLessThanOrEqual(300)
      expect(performance.now() - began).toBeLessThan(200)
    }
  })
})
