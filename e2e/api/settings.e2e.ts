import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, apiWith, makeKey, openApi, type Run } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { word, words } from '../testing/chance'
import { chainOf, field, inputOf, node, outputOf } from '../testing/graph'
import { type Peer, sendJson, startPeer } from '../testing/peer'

let baton: RunningBaton & { databaseUrl: string }
let peer: Peer
let api: Api
beforeAll(async () => {
  peer = await startPeer((_, response) => sendJson(response, 200, { fine: true }))
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` })
  api = await openApi(baton)
})
afterAll(async () => {
  await baton?.stop()
  await peer?.close()
})

async function query<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: baton.databaseUrl })
  await client.connect()
  const { rows } = await client.query<T>(sql, values).finally(() => client.end())
  return rows
}

const simple = chainOf(inputOf(), outputOf('x'))

describe('a key', () => {
  it('is needed, must be whole, and is gone when it is revoked', async () => {
    const made = await api.post('/keys', { name: word(), role: 'viewer' })
    expect(made).toMatchObject({ status: 201, body: { role: 'viewer' } })
    const key = String(made.body.key)
    const asked = (used: string | null) => api.ask('GET', '/me', undefined, { key: used })
    expect((await asked(key)).status).toBe(200)
    for (const wrong of [null, `${key}x`, key.slice(0, -1), 'baton_', word(), key.toUpperCase()]) {
      const answer = await asked(wrong)
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
    const listed = await api.ask('GET', '/keys')
    expect(listed.text).not.toContain(key)
    expect(listed.text).toContain(String(made.body.prefix))
    expect((await api.ask('DELETE', `/keys/${made.body.id}`)).status).toBe(204)
    await expect.poll(async () => (await asked(key)).status, { timeout: 5_000 }).toBe(401)
  })

  it('may do what its role allows, and no more', async () => {
    const roles = ['viewer', 'operator', 'editor', 'admin', 'owner'] as const
    const tries: [string, string, unknown, (typeof roles)[number]][] = [
      ['GET', '/workflows', undefined, 'viewer'],
      ['POST', `/workflows/${await api.workflow(simple)}/runs`, { wait: 5 }, 'operator'],
      ['POST', '/runs', { graph: simple, wait: 5 }, 'editor'],
      ['POST', '/workflows', { graph: simple }, 'editor'],
      ['DELETE', `/connections/${crypto.randomUUID()}`, undefined, 'admin'],
      ['PUT', `/secrets/${word()}`, { value: 'x' }, 'admin'],
      ['DELETE', `/keys/${crypto.randomUUID()}`, undefined, 'admin'],
    ]
    for (const [index, role] of roles.entries()) {
      const other = apiWith(baton.origin, await makeKey(baton.settings, role))
      for (const [method, path, body, least] of tries) {
        const { status } = await other.ask(method, path, body)
        const what = `${role} ${method} ${path}`
        if (index < roles.indexOf(least)) expect({ what, status }).toEqual({ what, status: 403 })
        else expect({ what, forbidden: status === 403 }).toEqual({ what, forbidden: false })
      }
    }
    const admin = apiWith(baton.origin, await makeKey(baton.settings, 'admin'))
    expect((await admin.post('/keys', { name: 'higher', role: 'owner' })).status).toBe(403)
  })
})

describe('a secret', () => {
  it('that is echoed by the other side is not shown in the run', async () => {
    const [name, value] = [word('s'), word('hush')]
    await api.put(`/secrets/${name}`, { value })
    const graph = chainOf(
      inputOf(),
      node('send', 'http', { url: peer.origin, headers: { 'x-token': { secret: name } } }),
      outputOf('{{ send.body }}'),
    )
    const run = await api.run(graph)
    expect(run.status).toBe('completed')
    expect(peer.heard.at(-1)?.headers['x-token']).toBe(value)
    expect(JSON.stringify([run, await api.events(run.id)])).not.toContain(value)
  })

  it('reaches where it is expected, in a header and a body, and never comes back', async () => {
    const name = word('s')
    const value = `p@ss ${word()} "quoted" ä`
    expect(await api.put(`/secrets/${name}`, { value })).toMatchObject({ status: 200, body: { name } })
    const header = word()
    await api.put(`/secrets/${header}`, { value: header.repeat(2) })
    const graph = chainOf(
      inputOf(),
      node('send', 'http', {
        method: 'POST',
        url: `${peer.origin}/${name}`,
        headers: { authorization: { secret: header } },
        body: { deep: [{ secret: name }], more: 'text' },
      }),
      outputOf('{{ send.status }}'),
    )
    const run = await api.run(graph)
    expect(run).toMatchObject({ status: 'completed', output: 200 })
    const [heard] = peer.heard.filter(({ url }) => url === `/${name}`)
    expect(heard?.headers.authorization).toBe(header.repeat(2))
    expect(JSON.parse(heard?.body ?? '')).toEqual({ deep: [value], more: 'text' })
    const seen = [
      (await api.ask('GET', '/secrets')).text,
      (await api.ask('GET', `/secrets/${name}`)).text,
      (await api.ask('GET', `/runs/${run.id}/graph`)).text,
      JSON.stringify([run, await api.events(run.id), await api.get(`/runs/${run.id}/cassette`)]),
    ].join()
    expect(seen).not.toContain(header.repeat(2))
    expect(seen).not.toContain('p@ss')
    const stored = JSON.stringify([await query('select * from secret'), await query('select * from run_event')])
    expect(stored).not.toContain(header.repeat(2))
    expect(stored).not.toContain('p@ss')
  })

  it('that is missing fails the node and names it; a template or code sees none', async () => {
    const name = word('gone')
    const graph = chainOf(
      inputOf(),
      node('send', 'http', { url: peer.origin, headers: { 'x-token': { secret: name } } }),
    )
    const run = await api.run(graph)
    expect(run).toMatchObject({ status: 'failed', error: { code: 'missing_secret', path: 'send' } })
    expect(run.error?.message).toContain(name)
    for (const template of [`{{ secret.${name} }}`, '{{ env.HOME }}']) {
      const answer = await api.post('/runs', {
        graph: chainOf(inputOf(), node('tell', 'transform', { template }), outputOf('{{ tell }}')),
      })
      expect({ template, status: answer.status }).toEqual({ template, status: 422 })
    }
  })

  it('is replaced, listed by name and deleted', async () => {
    const names = words(3).map((one) => `n${one}`)
    for (const name of names) await api.put(`/secrets/${name}`, { value: word() })
    await api.put(`/secrets/${names[0]}`, { value: word() })
    const listed = (await api.get<{ items: { name: string }[] }>('/secrets?limit=100')).items.map(({ name }) => name)
    expect(listed.filter((name) => names.includes(name)).sort()).toEqual([...names].sort())
    expect((await api.ask('DELETE', `/secrets/${names[0]}`)).status).toBe(204)
    expect((await api.ask('DELETE', `/secrets/${names[0]}`)).status).toBe(404)
    for (const bad of ['1x', 'a.b', '%20'])
      expect((await api.put(`/secrets/${bad}`, { value: 'x' })).status).toBeGreaterThanOrEqual(400)
    expect((await api.put(`/secrets/${names[1]}`, { value: '' })).status).toBe(422)
  })
})

describe("somebody else's", () => {
  it('ids read as if there were nothing, and none of what they hold is shown or changed', async () => {
    const away = crypto.randomUUID()
    await query('insert into workspace (id, name, slug) values ($1, $2, $3)', [away, 'Away', word()])
    const key = await makeKey(baton.settings, 'owner')
    await query('update api_key set workspace_id = $1 where prefix = $2', [away, key.slice(0, 12)])
    const other = apiWith(baton.origin, key)
    const asking = chainOf(inputOf(), node('gate', 'approval', { title: 'Go on?' }))
    const workflow = await api.workflow(chainOf(inputOf(field('who')), outputOf('{{ start.who }}')))
    const run = await api.run(asking)
    const connection = await api.post('/connections', { name: word('c'), baseUrl: 'http://127.0.0.1:9/v1' })
    const made = await api.post('/keys', { name: 'mine', role: 'viewer' })
    const file = await api.ask('POST', '/files?name=a.txt', undefined, {
      raw: word(),
      headers: { 'content-type': 'text/plain' },
    })
    const foreign: [string, string, unknown?][] = [
      ['GET', `/workflows/${workflow}`],
      ['PUT', `/workflows/${workflow}`, { graph: simple }],
      ['DELETE', `/workflows/${workflow}`],
      ['POST', `/workflows/${workflow}/publish`],
      ['POST', `/workflows/${workflow}/runs`, {}],
      ['GET', `/workflows/${workflow}/versions`],
      ['GET', `/workflows/${workflow}/export`],
      ['GET', `/runs/${run.id}`],
      ['GET', `/runs/${run.id}/events`],
      ['GET', `/runs/${run.id}/graph`],
      ['GET', `/runs/${run.id}/cassette`],
      ...['cancel', 'pause', 'resume', 'retry', 'fork'].map((verb): [string, string] => [
        'POST',
        `/runs/${run.id}/${verb}`,
      ]),
      ['POST', `/runs/${run.id}/approvals/gate`, { decision: 'approved' }],
      ['POST', '/runs', { graph: simple, cassette: { mode: 'replay', runId: run.id } }],
      ['PUT', `/connections/${connection.body.id}`, { models: [] }],
      ['DELETE', `/connections/${connection.body.id}`],
      ['DELETE', `/keys/${made.body.id}`],
      ['GET', `/files/${file.body.file}`],
    ]
    for (const [method, path, body] of foreign) {
      const what = `${method} ${path}`
      expect({ what, status: (await other.ask(method, path, body)).status }).toEqual({ what, status: 404 })
    }
    for (const list of ['/workflows', '/runs', '/connections', '/secrets'])
      expect(await other.get(list)).toMatchObject({ items: [] })
    const child = await other.run(chainOf(inputOf(), node('child', 'workflow', { workflow })))
    expect(child).toMatchObject({ status: 'failed', error: { path: 'child' } })
    expect(await api.get<Run>(`/runs/${run.id}`)).toMatchObject({ status: 'waiting' })
    expect((await api.get<{ id: string }>(`/workflows/${workflow}`)).id).toBe(workflow)
    await api.post(`/runs/${run.id}/cancel`)
  })
})
