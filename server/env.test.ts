import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Env, readEnv } from '@/server/env'

function envOf(source: Record<string, string | undefined>): Env {
  const reading = readEnv(source)
  if (!reading.ok) throw new Error(reading.problems.join('\n'))
  return reading.env
}

function problemsOf(source: Record<string, string | undefined>): string[] {
  const reading = readEnv(source)
  return reading.ok ? [] : reading.problems
}

describe('settings', () => {
  test('nothing set means: this machine only, port 3000, own database', () => {
    expect(envOf({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: path.resolve('.baton'),
      databaseUrl: null,
      role: 'all',
      allowNetwork: false,
      allowPrivate: [],
      publicUrl: null,
      secretKey: null,
      limits: { isOn: true, apiRate: 10_000, proxies: 0 },
      logLevel: 'info',
      openai: { apiKey: null, baseUrl: null, model: null },
    })
  })

  test('an empty variable counts as not set', () => {
    const empty = { PORT: '', HOST: '', DATABASE_URL: '', BATON_ROLE: '', OPENAI_BASE_URL: '', BATON_SECRET_KEY: '' }
    expect(envOf(empty)).toEqual(envOf({}))
  })

  test('all wrong settings are named at once', () => {
    const problems = problemsOf({
      PORT: '70000',
      DATABASE_URL: 'mysql://localhost/x',
      BATON_ROLE: 'boss',
      BATON_ALLOW_PRIVATE: 'localhost',
      BATON_SECRET_KEY: 'short',
      BATON_LOG_LEVEL: 'loud',
      OPENAI_BASE_URL: 'file:///etc/passwd',
      HOST: '0.0.0.0',
    })
    for (const name of ['PORT', 'DATABASE_URL', 'BATON_ROLE', 'BATON_ALLOW_PRIVATE', 'BATON_SECRET_KEY']) {
      expect(problems.filter((line) => line.startsWith(`${name} must`))).toHaveLength(1)
    }
    expect(problems).toHaveLength(8)
  })

  test.each(['abc', '-1', '3000.5', '1e3', '99999999999'])('PORT=%s is refused', (port) => {
    expect(problemsOf({ PORT: port })).toHaveLength(1)
  })

  test.each(['127.0.0.1', 'localhost', '::1'])('HOST=%s needs no permission', (host) => {
    expect(envOf({ HOST: host }).host).toBe(host)
  })

  test.each(['0.0.0.0', '::', '192.168.1.5', 'baton.example'])('HOST=%s needs BATON_ALLOW_NETWORK=1', (host) => {
    expect(problemsOf({ HOST: host })).toEqual([expect.stringContaining('BATON_ALLOW_NETWORK=1')])
    expect(problemsOf({ HOST: host, BATON_ALLOW_NETWORK: '0' })).toHaveLength(1)
    expect(envOf({ HOST: host, BATON_ALLOW_NETWORK: '1' }).host).toBe(host)
  })

  test('one role of several needs a database that can be shared', () => {
    expect(problemsOf({ BATON_ROLE: 'worker' })).toEqual([expect.stringContaining('DATABASE_URL')])
    expect(envOf({ BATON_ROLE: 'web', DATABASE_URL: 'postgres://a:b@db/baton' }).role).toBe('web')
  })

  test('private addresses are a list of host and port', () => {
    const { allowPrivate } = envOf({ BATON_ALLOW_PRIVATE: ' localhost:11434, [::1]:8080 ,10.0.0.5:*' })
    expect(allowPrivate).toEqual(['localhost:11434', '[::1]:8080', '10.0.0.5:*'])
  })

  test('limits can be set lower, told of proxies in front, and left to them', () => {
    expect(envOf({ BATON_API_RATE: '50', BATON_TRUST_PROXY: '2' }).limits).toEqual({
      isOn: true,
      apiRate: 50,
      proxies: 2,
    })
    expect(envOf({ BATON_RATE_LIMITS: '0' }).limits.isOn).toBe(false)
    const wrong = { BATON_API_RATE: '0', BATON_TRUST_PROXY: 'yes', BATON_RATE_LIMITS: 'off' }
    expect(problemsOf(wrong)).toEqual([
      expect.stringContaining('BATON_RATE_LIMITS must be 1 or 0'),
      expect.stringContaining('BATON_API_RATE must be between 1 and'),
      expect.stringContaining('BATON_TRUST_PROXY must be a whole number'),
    ])
  })

  test('a secret key is 32 bytes, in base64 or hex', () => {
    const bytes = Buffer.alloc(32, 7)
    for (const key of [bytes.toString('base64'), bytes.toString('hex')]) {
      expect(envOf({ BATON_SECRET_KEY: key }).secretKey).toBe(key)
    }
    expect(problemsOf({ BATON_SECRET_KEY: Buffer.alloc(31).toString('base64') })).toHaveLength(1)
  })
})
