import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import type { Place } from '@/server/people/ensure-first-workspace'
import { sessionCookie } from '@/server/people/session-cookie'
import { hashToken } from '@/server/people/token'
import { openDraft } from '@/server/workflows/open-draft'
import type { WorkflowDetail } from '@/server/workflows/workflow-view'

let server: TestServer
let made: WorkflowDetail
beforeAll(async () => {
  server = await openServer()
  made = (await server.ask<WorkflowDetail>('/api/v1/workflows', { body: { graph: greeting } })).body
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

const hour = 3_600_000

async function cookieOf({ userId, workspaceId }: Place, lasts = hour): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(Date.now() + lasts)
  await server.deps.db.session.create({ data: { tokenHash: hashToken(token), userId, workspaceId, expiresAt } })
  return `${sessionCookie}=${token}`
}

const draftFor = async (cookie: string | undefined, id = made.id) => openDraft(server.deps, { cookie }, id)

test('the draft goes with the page to whoever may read it, by id and by slug', async () => {
  const cookie = await cookieOf(server.home)
  for (const id of [made.id, made.slug]) {
    const draft = await draftFor(cookie, id)
    expect(JSON.parse(draft?.text ?? '')).toEqual({ revision: 1, graph: greeting, pins: {} })
  }
})

test('it is the newest draft at every time', async () => {
  const cookie = await cookieOf(server.home)
  const graph = { ...greeting, description: randomBytes(6).toString('hex') }
  const { id, revision } = (await server.ask<WorkflowDetail>('/api/v1/workflows', { body: { graph: greeting } })).body
  await draftFor(cookie, id)
  await server.ask(`/api/v1/workflows/${id}`, { method: 'PUT', body: { graph, revision } })
  expect(JSON.parse((await draftFor(cookie, id))?.text ?? '')).toEqual({ revision: revision + 1, graph, pins: {} })
})

test('nobody else gets anything: no session, one that is over or made up, another workspace, no such workflow', async () => {
  const away = await cookieOf(server.away)
  expect(await draftFor(undefined)).toBeNull()
  expect(await draftFor(`${sessionCookie}=${randomBytes(24).toString('base64url')}`)).toBeNull()
  expect(await draftFor(await cookieOf(server.home, -1))).toBeNull()
  for (const id of [made.id, made.slug]) expect(await draftFor(away, id)).toBeNull()
  const cookie = await cookieOf(server.home)
  for (const id of ['none', '00000000-0000-4000-8000-000000000000', '', 'x'.repeat(5_000), '\u0000'])
    expect(await draftFor(cookie, id)).toBeNull()
})

test('a member who was taken out of the workspace gets nothing although the session goes on', async () => {
  const { workspaceId } = server.home
  const user = await server.deps.db.user.create({ data: { id: crypto.randomUUID(), name: 'Gone' } })
  await server.deps.db.member.create({ data: { workspaceId, userId: user.id, role: 'viewer' } })
  const stays = await cookieOf({ workspaceId, userId: user.id })
  expect(await draftFor(stays)).not.toBeNull()
  await server.deps.db.member.deleteMany({ where: { userId: user.id } })
  expect(await draftFor(await cookieOf({ workspaceId, userId: user.id }))).toBeNull()
})
