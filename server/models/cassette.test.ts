import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import { type CassetteEntry, fingerprint, openCassette, requestHash } from '@/server/models/cassette'

const request = { model: 'default', messages: [{ role: 'user', content: 'Hi' }], temperature: 0 }
const place = { path: 'write', step: 'm1' }
const entryFor = (recorded: JsonObject, more: Partial<CassetteEntry> = {}): CassetteEntry => ({
  ...place,
  requestHash: requestHash(recorded),
  result: { text: 'Hello' },
  ...more,
})

function missOf(entry: CassetteEntry, asked: JsonObject, at = place): string {
  try {
    openCassette([entry]).play(at, asked)
  } catch (error) {
    if (error instanceof NodeError && error.failure.code === 'cassette_miss') return error.failure.message
    throw error
  }
  return 'no miss'
}

function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, shuffled(each)]),
  )
}

describe('the hash of a request', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<JsonObject>

  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(object, (value) => requestHash(value) === requestHash(shuffled(value) as JsonObject)))
  })

  it('differs when the requests do', () => {
    fc.assert(
      fc.property(object, object, (a, b) => {
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
        expect(requestHash(a) === requestHash(b)).toBe(same)
      }),
    )
  })

  it('takes a field that is undefined for one that isn’t there', () => {
    expect(requestHash({ ...request, tools: undefined })).toBe(requestHash(request))
  })

  it('stays what it is: cassettes are kept in repositories', () => {
    expect(requestHash(request)).toBe('f16d820d7d4a198271fe9682cb84e3328376933029a0273139e0eb17a26ae03c')
  })
})

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)])
}

describe('a cassette', () => {
  it('plays what was recorded for the same request in the same place', () => {
    const cassette = openCassette([entryFor(request)])
    expect(cassette.play(place, shuffled(request) as JsonObject)).toEqual({ text: 'Hello' })
    expect(cassette.find(place)?.step).toBe('m1')
    expect(cassette.find({ path: 'write', step: 'm2' })).toBeUndefined()
  })

  it('misses a step that was never recorded', () => {
    expect(missOf(entryFor(request), request, { path: 'write', step: 'm2' })).toContain(
      'no recording of write, step m2',
    )
  })

  const changed = { ...request, messages: [{ role: 'user', content: 'Bye' }] }
  it('names the field that differs, as exactly as the recording allows', () => {
    expect(missOf(entryFor(request), changed)).toContain('differs from the recorded one in its request.')
    expect(missOf(entryFor(request, { fields: fingerprint(request).fields }), changed)).toContain(' in messages.')
    expect(missOf(entryFor(request, { request }), changed)).toContain(' in messages[0].content.')
    expect(missOf(entryFor(request, { request }), { ...request, tools: [] })).toContain(' in tools.')
    expect(missOf(entryFor(request, { fields: fingerprint(request).fields }), { model: 'default' })).toContain(
      ' in messages.',
    )
  })

  it('a step named like a property of objects is nothing special', () => {
    expect(openCassette([]).find({ path: '__proto__', step: 'constructor' })).toBeUndefined()
  })
})
