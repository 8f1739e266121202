import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { connectionBook } from '@/server/connections/connection-book'
import { readSecret } from '@/server/secrets/read-secret'
import { createSealer } from '@/server/secrets/seal'
import { loadSecretKey } from '@/server/secrets/secret-key'

const sealer = createSealer(Buffer.alloc(32, 1))

describe('a sealed value', () => {
  test('opens with the same key and place, to the same text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        (text, about) => sealer.open(sealer.seal(text, about), about) === text,
      ),
    )
  })

  test('is different each time and shows nothing', () => {
    const [one, two] = [sealer.seal('hush-hush', 'a'), sealer.seal('hush-hush', 'a')]
    expect(one).not.toBe(two)
    expect(one).not.toContain(Buffer.from('hush').toString('base64url'))
  })

  test('does not open elsewhere, with another key, or after any change', () => {
    const sealed = sealer.seal('hush', 'workspace/a')
    expect(() => sealer.open(sealed, 'workspace/b')).toThrow('belongs somewhere else')
    expect(() => createSealer(Buffer.alloc(32, 2)).open(sealed, 'workspace/a')).toThrow('another key')
    const parts = sealed.split('.')
    for (const at of [2, 3, 4]) {
      const bytes = Buffer.from(parts[at] ?? '', 'base64url')
      bytes[0] = (bytes[0] ?? 0) ^ 1
      expect(() => sealer.open(parts.with(at, bytes.toString('base64url')).join('.'), 'workspace/a')).toThrow()
    }
    expect(() => sealer.open('rubbish', 'workspace/a')).toThrow('damaged')
  })
})

describe('the key file', () => {
  test('is made for its owner only, stays the same, and is never replaced when damaged', () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'baton-key-'))
    const made = loadSecretKey({ secretKey: null, dataDir })
    const file = path.join(dataDir, 'secret.key')
    expect(made).toHaveLength(32)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(loadSecretKey({ secretKey: null, dataDir })).toEqual(made)
    expect(loadSecretKey({ secretKey: '00'.repeat(32), dataDir })).toEqual(Buffer.alloc(32))
    writeFileSync(file, 'short')
    expect(() => loadSecretKey({ secretKey: null, dataDir })).toThrow('damaged')
    expect(readFileSync(file, 'utf8')).toBe('short')
    rmSync(dataDir, { recursive: true })
  })
})

describe('over the API', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer()
  })
  afterAll(async () => {
    expect(server.reports).toEqual([])
    await server.close()
  })
  const value = 'sk-very-secret-value'

  test('a secret goes in, is used, and never comes back', async () => {
    const answers = [
      await server.ask('/api/v1/secrets/token', { method: 'PUT', body: { value } }),
      await server.ask('/api/v1/secrets'),
      await server.ask('/api/trpc/secrets.list'),
    ]
    for (const { status, text } of answers) {
      expect(status).toBe(200)
      expect(text).toContain('"token"')
      expect(text).not.toContain(value)
      expect(text).not.toContain('v1.')
    }
    expect(await readSecret(server.deps, server.home.workspaceId, 'token')).toBe(value)
    expect(await readSecret(server.deps, server.away.workspaceId, 'token')).toBeNull()
    expect(JSON.stringify(await server.deps.db.secret.findMany())).not.toContain(value)
  })

  test('a row copied into another workspace does not open there', async () => {
    await server.ask('/api/v1/secrets/moved', { method: 'PUT', body: { value } })
    await server.deps.db.secret.updateMany({ where: { name: 'moved' }, data: { workspaceId: server.away.workspaceId } })
    await expect(readSecret(server.deps, server.away.workspaceId, 'moved')).rejects.toThrow('belongs somewhere else')
  })

  test('a refused value is not repeated in the problem', async () => {
    const answer = await server.ask('/api/v1/secrets/token', { method: 'PUT', body: { value: [value] } })
    expect(answer.status).toBe(422)
    expect(answer.text).not.toContain(value)
  })

  test('a connection keeps its key to itself, and loses it when it moves to another address', async () => {
    const made = await server.ask<{ id: string }>('/api/v1/connections', {
      body: { name: 'local', baseUrl: 'http://127.0.0.1:11434/v1', key: value, models: ['tiny'] },
    })
    expect(made).toMatchObject({ status: 201, body: { hasKey: true, source: 'workspace' } })
    expect(made.text).not.toContain(value)
    const change = (body: object) => server.ask(`/api/v1/connections/${made.body.id}`, { method: 'PUT', body })
    expect(await change({ models: ['tiny', 'big'] })).toMatchObject({ body: { hasKey: true } })
    expect(await change({ baseUrl: 'http://127.0.0.1:11434/v2' })).toMatchObject({ body: { hasKey: true } })
    expect((await connectionBook(server.deps, server.home.workspaceId)).connections).toMatchObject([
      { name: 'local', apiKey: value, models: ['tiny', 'big'] },
    ])
    expect(await change({ baseUrl: 'http://evil.example/v1' })).toMatchObject({ body: { hasKey: false } })
    expect((await server.ask('/api/v1/connections')).text).not.toContain(value)
  })

  test('names are taken once, in each workspace', async () => {
    const body = { name: 'twice', baseUrl: 'http://127.0.0.1:1' }
    expect((await server.ask('/api/v1/connections', { body })).status).toBe(201)
    expect(await server.ask('/api/v1/connections', { body })).toMatchObject({
      status: 409,
      body: { code: 'name_taken' },
    })
    expect((await server.ask('/api/v1/connections', { body, key: server.awayKey })).status).toBe(201)
  })

  test.each(['ftp://x/v1', 'http://user:pass@host/v1', 'nonsense', 'javascript:alert(1)'])(
    '%s is no address of a connection',
    async (baseUrl) => {
      expect(await server.ask('/api/v1/connections', { body: { name: 'odd', baseUrl } })).toMatchObject({
        status: 422,
        body: { problems: [{ path: 'baseUrl' }] },
      })
    },
  )
})

describe('model names', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer()
  })
  afterAll(() => server.close())
  const book = () => connectionBook(server.deps, server.home.workspaceId)

  test('point to the simulated model until something is configured, then never silently', async () => {
    expect((await book()).aliases.default).toEqual({ kind: 'simulated' })
    await server.ask('/api/v1/connections', { body: { name: 'local', baseUrl: 'http://127.0.0.1:11434/v1' } })
    expect((await book()).aliases).toMatchObject({
      default: { kind: 'endpoint', connection: 'local' },
      smart: { kind: 'endpoint', connection: 'local' },
    })
  })

  test('point where the workspace says, to connections that exist', async () => {
    const set = (aliases: object) => server.ask('/api/v1/aliases', { method: 'PUT', body: { aliases } })
    expect(await set({ fast: 'local/tiny', smart: 'simulated' })).toMatchObject({ status: 200 })
    expect((await book()).aliases).toMatchObject({
      default: { kind: 'endpoint', connection: 'local', model: null },
      fast: { kind: 'endpoint', connection: 'local', model: 'tiny' },
      smart: { kind: 'simulated' },
    })
    expect(await set({ fast: 'nowhere/x' })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'aliases.fast' }] },
    })
    expect(await set({ fastest: 'local' })).toMatchObject({ status: 422 })
    expect((await server.ask('/api/v1/aliases')).body).toEqual({ aliases: { fast: 'local/tiny', smart: 'simulated' } })
  })

  test('the environment is a connection too, which nobody can change here', async () => {
    const deps = { ...server.deps, openai: { apiKey: 'sk-env', baseUrl: null, model: 'gpt' } }
    const { connections, aliases } = await connectionBook(deps, server.away.workspaceId)
    expect(connections).toMatchObject([{ name: 'openai', apiKey: 'sk-env', models: ['gpt'] }])
    expect(aliases.default).toEqual({ kind: 'endpoint', connection: 'openai', model: 'gpt' })
  })
})
