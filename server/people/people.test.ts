import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, openServer, type TestServer } from '@/server/api/testing/open-server'
import { createActorCache } from '@/server/people/actor-cache'
import { ensureFirstWorkspace } from '@/server/people/ensure-first-workspace'
import { makeSignInLink, signInUrl } from '@/server/people/make-sign-in-link'
import { resolveActor } from '@/server/people/resolve-actor'
import { hashToken } from '@/server/people/token'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

describe('the first workspace', () => {
  test('is made once, however many processes start together', async () => {
    const places = await Promise.all(Array.from({ length: 5 }, () => ensureFirstWorkspace(server.deps.db)))
    expect(new Set(places.map(({ workspaceId }) => workspaceId))).toEqual(new Set([server.home.workspaceId]))
    expect(await server.deps.db.workspace.count({ where: { slug: 'default' } })).toBe(1)
  })
})

describe('a sign-in link', () => {
  const visit = (token: string) => server.ask(`/sign-in?token=${token}`, { key: null })
  const spend = (token: string, headers: { [name: string]: string } = { origin: server.url }) =>
    server.ask('/sign-in', {
      key: null,
      raw: `token=${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  const makeToken = () => makeSignInLink(server.deps.db, server.home)
  const cookieOf = (answer: Pick<Answer, 'headers'>) => answer.headers['set-cookie']?.[0] ?? ''

  test('opens a page that can be looked at any number of times, and signs in by its button once', async () => {
    const token = await makeToken()
    expect(signInUrl('http://127.0.0.1:3000', token)).toBe(`http://127.0.0.1:3000/sign-in?token=${token}`)
    for (let look = 0; look < 3; look += 1) expect((await visit(token)).text).toContain(`value="${token}"`)
    const signedIn = await spend(token)
    expect(signedIn).toMatchObject({ status: 303, headers: { location: '/' } })
    expect(cookieOf(signedIn)).toMatch(/^baton_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/)
    expect((await spend(token)).status).toBe(403)
    const cookie = cookieOf(signedIn).split(';')[0] ?? ''
    expect(await server.ask('/api/v1/me', { key: null, headers: { cookie } })).toMatchObject({
      status: 200,
      body: { role: 'owner' },
    })
  })

  test('signs in one of many who press together', async () => {
    const token = await makeToken()
    const answers = await Promise.all(Array.from({ length: 8 }, () => spend(token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(403)])
  })

  test('holds 128 bits, and the database none of them', async () => {
    const token = await makeToken()
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    const rows = await server.deps.db.signInLink.findMany()
    expect(JSON.stringify(rows)).not.toContain(token)
    const lifetimes = rows.map(({ createdAt, expiresAt }) => (expiresAt.getTime() - createdAt.getTime()) / 60_000)
    expect(Math.max(...lifetimes)).toBeLessThanOrEqual(15.1)
  })

  test('is worth nothing after its time, in part, or from another site', async () => {
    const token = await makeToken()
    expect((await spend(token, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await spend(token, {})).status).toBe(403)
    expect((await spend(token.slice(1))).status).toBe(403)
    await server.deps.db.signInLink.update({
      where: { tokenHash: hashToken(token) },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    expect((await spend(token)).status).toBe(403)
  })

  test('its page runs no scripts, can not be framed and tells other sites nothing', async () => {
    const { headers, text } = await visit(await makeToken())
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['cache-control']).toBe('no-store')
    expect(text).not.toContain('<script')
    expect((await visit('"><script>alert(1)</script>')).text).not.toContain('<script')
  })

  test('signing out ends the session at once', async () => {
    const cookie = cookieOf(await spend(await makeToken())).split(';')[0] ?? ''
    const headers = { cookie, origin: server.url }
    expect(await server.ask('/api/v1/session', { method: 'DELETE', key: null, headers })).toMatchObject({ status: 204 })
    expect(await server.ask('/api/v1/me', { key: null, headers })).toMatchObject({ status: 401 })
  })
})

describe('an API key', () => {
  const create = (body: object) => server.ask<{ id: string; key: string }>('/api/v1/keys', { body })

  test('is shown once and kept as a hash', async () => {
    const { body } = await create({ name: 'mine', role: 'viewer' })
    expect(body.key).toMatch(/^baton_[\w-]{43}$/)
    const listed = await server.ask<{ items: { id: string; prefix: string }[] }>('/api/v1/keys')
    expect(listed.text).not.toContain(body.key)
    expect(listed.body.items.find(({ id }) => id === body.id)?.prefix).toBe(body.key.slice(0, 12))
    expect(JSON.stringify(await server.deps.db.apiKey.findMany())).not.toContain(body.key.slice(12))
  })

  test('stops at once when it is revoked here', async () => {
    const { body } = await create({ name: 'short', role: 'viewer' })
    expect(await server.ask('/api/v1/me', { key: body.key })).toMatchObject({ status: 200 })
    expect(await server.ask(`/api/v1/keys/${body.id}`, { method: 'DELETE' })).toMatchObject({ status: 204 })
    expect(await server.ask('/api/v1/me', { key: body.key })).toMatchObject({ status: 401 })
    expect(await server.ask(`/api/v1/keys/${body.id}`, { method: 'DELETE' })).toMatchObject({ status: 404 })
  })

  test('that is revoked from a time on works until then, is listed until then, and can be revoked before', async () => {
    const { body } = await create({ name: 'lent', role: 'viewer' })
    const until = (ms: number) =>
      server.deps.db.apiKey.update({ where: { id: body.id }, data: { revokedAt: new Date(Date.now() + ms) } })
    const isListed = async () =>
      (await server.ask<{ items: { id: string }[] }>('/api/v1/keys')).body.items.some(({ id }) => id === body.id)
    await until(60_000)
    expect([(await server.ask('/api/v1/me', { key: body.key })).status, await isListed()]).toEqual([200, true])
    await until(-1)
    await expect.poll(async () => (await server.ask('/api/v1/me', { key: body.key })).status).toBe(401)
    expect(await isListed()).toBe(false)
    await until(60_000)
    expect(await server.ask(`/api/v1/keys/${body.id}`, { method: 'DELETE' })).toMatchObject({ status: 204 })
    expect(await isListed()).toBe(false)
  })

  test('stops within a second when another process revokes it', async () => {
    const { body } = await create({ name: 'far', role: 'viewer' })
    expect((await server.ask('/api/v1/me', { key: body.key })).status).toBe(200)
    const revoked = performance.now()
    await server.deps.db.apiKey.update({ where: { id: body.id }, data: { revokedAt: new Date() } })
    await expect
      .poll(async () => (await server.ask('/api/v1/me', { key: body.key })).status, { interval: 20, timeout: 5_000 })
      .toBe(401)
    expect(performance.now() - revoked).toBeLessThan(1_100)
  })

  test('is looked up about once a second, however often it is used', async () => {
    let lookups = 0
    const db = new Proxy(server.deps.db, {
      get: (target, name) => {
        if (name === 'apiKey') lookups += 1
        return Reflect.get(target, name) as unknown
      },
    })
    const deps = { db, actors: createActorCache() }
    await Promise.all(Array.from({ length: 200 }, () => resolveActor(deps, { authorization: `Bearer ${server.key}` })))
    expect(lookups).toBeLessThanOrEqual(2)
  })

  test('beside a good cookie a wrong key is still refused', async () => {
    expect(
      await resolveActor(
        { db: server.deps.db, actors: createActorCache() },
        { authorization: 'Bearer baton_wrongwrongwrongwrong', cookie: 'baton_session=x' },
      ),
    ).toBeNull()
  })
})
