import { describe, expect, test } from 'vitest'
import { createGuard } from '@/server/api/http/guard'

const local = createGuard({ host: '127.0.0.1', allowNetwork: false, publicUrl: null })
const open = createGuard({ host: '0.0.0.0', allowNetwork: true, publicUrl: 'https://baton.example' })

describe('a host', () => {
  test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:3000'])(
    '%s is this machine',
    (host) => {
      expect(local.isHostAllowed({ host })).toBe(true)
    },
  )

  test.each([
    undefined,
    '',
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.',
    'user@localhost',
    'localhost:3000/x',
    '10.0.0.5:3000',
    'localhost:3000:1',
  ])('%s is not', (host) => {
    expect(local.isHostAllowed(host === undefined ? {} : { host })).toBe(false)
  })

  test('on the network is an address, or the name that the operator gave', () => {
    for (const host of ['10.0.0.5:3000', '[fd00::1]:3000', 'baton.example', 'localhost'])
      expect(open.isHostAllowed({ host })).toBe(true)
    for (const host of ['evil.example', 'baton.example.evil.example', '10.0.0.5.evil.example'])
      expect(open.isHostAllowed({ host })).toBe(false)
  })
})

describe('an answer of the API', () => {
  test.each(['script', 'worker', 'style', 'object', 'iframe'])('is not loaded as a %s', (dest) => {
    const headers = { host: 'localhost:3000', 'sec-fetch-dest': dest }
    expect(() => local.checkHost(headers)).toThrow('not loaded as')
  })

  test.each(['empty', 'document', 'image', undefined])('may be read, saved or looked at (%s)', (dest) => {
    const headers = { host: 'localhost:3000', ...(dest === undefined ? {} : { 'sec-fetch-dest': dest }) }
    expect(() => local.checkHost(headers)).not.toThrow()
  })
})

describe('an origin', () => {
  test('is the host itself, the public address, or not said', () => {
    expect(local.isOriginAllowed({ host: 'localhost:3000' })).toBe(true)
    expect(local.isOriginAllowed({ host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe(true)
    expect(open.isOriginAllowed({ host: '10.0.0.5:3000', origin: 'https://baton.example' })).toBe(true)
  })

  test.each([
    'null',
    'http://localhost:3001',
    'http://127.0.0.1:3000',
    'https://evil.example',
    'http://localhost:3000.evil.example',
    'file://',
    '',
  ])('%j is another site', (origin) => {
    expect(local.isOriginAllowed({ host: 'localhost:3000', origin })).toBe(false)
  })
})

describe('a change', () => {
  const host = 'localhost:3000'
  test('by key needs no origin, but may not have a wrong one', () => {
    expect(() => local.checkChange({ host }, 'key')).not.toThrow()
    expect(() => local.checkChange({ host, origin: 'https://evil.example' }, 'key')).toThrow('another site')
  })

  test('by cookie has to come from a page of ours', () => {
    expect(() => local.checkChange({ host }, 'session')).toThrow('Origin')
    expect(() => local.checkChange({ host, 'sec-fetch-site': 'same-origin' }, 'session')).not.toThrow()
    for (const site of ['none', 'same-site', 'cross-site'])
      expect(() => local.checkChange({ host, 'sec-fetch-site': site }, 'session')).toThrow('Origin')
    expect(() => local.checkChange({ host, origin: 'http://localhost:3000' }, 'session')).not.toThrow()
  })
})
