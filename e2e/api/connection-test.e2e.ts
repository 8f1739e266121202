import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ModelServer, startModelServer } from '@/server/models/testing/model-server'
import { type Api, type Body, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { word } from '../testing/chance'
import { type Peer, sendJson, startPeer } from '../testing/peer'

let baton: RunningBaton
let api: Api
let models: ModelServer
let peer: Peer
let key: string

beforeAll(async () => {
  key = word('sk-')
  models = await startModelServer({ models: ['tea-large'] })
  peer = await startPeer((_, response) => sendJson(response, 401, { error: { message: `Wrong key ${key}` } }))
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(async () => {
  await baton?.stop()
  await models?.close()
  await peer?.close()
})

type Tested = { ok: boolean; model?: string; models: string[]; problem?: { code: string; message: string } & Body }
const test = async (body: Body) => {
  const answer = await api.post<Tested>('/connections/test', body)
  expect(answer.status).toBe(200)
  return answer.body
}

describe('POST /connections/test', () => {
  it('tells that a model answers, and which models there are', async () => {
    const tested = await test({ baseUrl: models.url })
    expect(tested).toMatchObject({ ok: true, model: 'tea-large', models: ['tea-large'] })
  })

  it('tells what is wrong, and never the key', async () => {
    const closed = createServer()
    const port = await new Promise<number>((resolve) =>
      closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port)),
    )
    await new Promise((resolve) => closed.close(resolve))
    const codeOf = async (body: Body) => (await test(body)).problem?.code
    expect(await codeOf({ baseUrl: `http://127.0.0.1:${port}/v1` })).toBe('refused')
    expect(await codeOf({ baseUrl: 'http://169.254.169.254/v1' })).toBe('blocked_address')
    const refused = await test({ baseUrl: `${peer.origin}/v1`, key })
    expect(refused.problem?.code).toBe('unauthorized')
    expect(JSON.stringify(refused)).not.toContain(key)
  })

  it('stores nothing', async () => {
    const before = (await api.get<{ items: unknown[] }>('/connections')).items.length
    await test({ baseUrl: models.url })
    expect((await api.get<{ items: unknown[] }>('/connections')).items).toHaveLength(before)
  })

  it('is for admins, and takes addresses only', async () => {
    const editor = await openApi(baton, 'editor')
    expect((await editor.post('/connections/test', { baseUrl: models.url })).status).toBe(403)
    for (const baseUrl of ['ftp://127.0.0.1/v1', 'not an address', 'http://user:pass@127.0.0.1/v1'])
      expect((await api.post('/connections/test', { baseUrl })).status).toBe(422)
  })
})

describe('a stored connection', () => {
  const store = async (baseUrl: string) => {
    const made = await api.post<{ id: string }>('/connections', { name: word('c'), baseUrl, key })
    expect(made.status).toBe(201)
    return made.body.id
  }

  it('is tried out with its own key', async () => {
    const id = await store(models.url)
    expect((await api.post<Tested>(`/connections/${id}/test`)).body).toMatchObject({ ok: true })
    expect(models.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`)
  })

  it('lends its key to a test at its own address, and to none at another', async () => {
    const id = await store(models.url)
    await test({ id, baseUrl: models.url })
    expect(models.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`)
    const heard = peer.heard.length
    await test({ id, baseUrl: `${peer.origin}/v1` })
    expect(peer.heard.length).toBeGreaterThan(heard)
    expect(JSON.stringify(peer.heard.slice(heard))).not.toContain(key)
  })

  it('that nobody has is not found', async () => {
    expect((await api.post(`/connections/${crypto.randomUUID()}/test`)).status).toBe(404)
    expect((await api.post('/connections/environment/test')).status).toBe(404)
  })
})
