import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hearDelta, type Stream } from '@/engine/run/delta'
import { foldEvents, newRun } from '@/engine/run/reduce'
import type { WorkflowProjection } from '@/engine/share/projection'
import { freePort } from '@/server/db/embedded/postmaster'
import { type Api, apiWith, makeKey, openApi } from '../testing/api'
import { launchBaton, type RunningBaton, startBaton, stopBaton, untilReady } from '../testing/baton'
import { word } from '../testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { follow, tokenIn, visit } from '../testing/guest'
import { connectModel, type Endpoint, modelOf } from '../testing/models'

let baton: RunningBaton
let api: Api
let model: Endpoint
const open: { close: () => void }[] = []
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
  model = await connectModel(api)
})
afterEach(() => {
  for (const guest of open.splice(0)) guest.close()
})
afterAll(async () => {
  await baton?.stop()
  await model?.close()
})

const share = async (what: string, options: object = {}) => {
  const { status, body } = await api.post<{ id: string; url: string }>(`/${what}/share`, options)
  expect(status).toBe(201)
  return body
}
const watch = (...given: Parameters<typeof follow>) => {
  const guest = follow(...given)
  open.push(guest)
  return guest
}
const revoke = (id: string) => api.ask('DELETE', `/shares/${id}`)
const agent = (prompt = 'Write about {{ start.topic }}') =>
  node('write', 'agent', { model: modelOf(model), instructions: 'You write.', prompt })
const writing = () => chainOf(inputOf(field('topic')), agent(), outputOf('{{ write.text }}'))
/** A run that stays where it waits for a person. */
const waiting = () =>
  graphOf(
    [inputOf(field('topic')), agent(), node('ask', 'approval', { title: 'Go on?' }), outputOf('{{ write.text }}')],
    ['start write ask:approved done'],
  )
const approve = (id: string) => api.post(`/runs/${id}/approvals/ask`, { decision: 'approved' })

describe('a link to a run', () => {
  it('is made with nothing but the run, and shows it to somebody without an account', async () => {
    const [text, topic] = [word(), word()]
    model.script(() => ({ kind: 'text', text }))
    const run = await api.run(writing(), { input: { topic } })
    const { id, url } = await share(`runs/${run.id}`)
    expect(url).toMatch(new RegExp(`^${baton.origin}/s/[\\w-]{22}$`))
    const { status, body, headers } = await visit(`${url}.json`)
    expect({ status, kind: body.kind, name: body.name, run: body.status }).toEqual({
      status: 200,
      kind: 'run',
      name: 'Acceptance',
      run: 'completed',
    })
    expect(Object.values(body.values)).toContain(text)
    expect([headers.get('x-robots-tag'), headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([
      'noindex, nofollow',
      'no-referrer',
      'no-store',
    ])
    const { items } = await api.get<{ items: { id: string; views: number; runId: string }[] }>('/shares')
    expect(items.find((one) => one.id === id)).toMatchObject({ views: 1, runId: run.id, state: 'open' })
  })

  it('follows a run that goes on, from any moment, and ends up where it ends', async () => {
    model.script(() => ({ kind: 'text', text: 'done' }))
    const run = await api.begin(waiting(), { input: { topic: word() } })
    await api.untilStatus(run, 'waiting')
    const { url } = await share(`runs/${run}`)
    const { body } = await visit(`${url}.json?slim=1`)
    expect(body).toMatchObject({ status: 'waiting', values: {} })
    const early = watch(url)
    const late = watch(url, { after: body.next ?? 0 })
    expect([await early.answer, await late.answer]).toEqual([{ ok: true }, { ok: true }])
    expect((await approve(run)).status).toBe(202)
    await expect.poll(() => early.events.at(-1)?.type, { timeout: 10_000 }).toBe('run.completed')
    await expect.poll(() => late.events.at(-1)?.type, { timeout: 10_000 }).toBe('run.completed')
    const whole = (await visit(`${url}.json`)).body
    expect(early.events).toEqual(whole.events)
    expect([...body.events, ...late.events].map(({ seq }) => seq)).toEqual(whole.events.map(({ seq }) => seq))
    expect(foldEvents(newRun(), [...body.events, ...late.events]).run.status).toBe('completed')
  })

  it('shows words while they come, masked, and never more than their step turns out to be', async () => {
    const mail = `${word()}@example.org`
    const text = `Dear reader, this is written slowly so that one can watch. Write to ${mail} or not at all, says the writer.`
    model.script(() => ({ kind: 'text', text, perTokenMs: 60 }))
    const run = await api.begin(
      chainOf(node('pause', 'wait', { seconds: 1 }), agent('Write'), outputOf('{{ write.text }}')),
    )
    const { url } = await share(`runs/${run}`)
    const guest = watch(url)
    await guest.answer
    await expect.poll(() => guest.state().run.status, { timeout: 20_000 }).toBe('completed')
    let stream: Stream | undefined
    for (const delta of guest.deltas) stream = hearDelta(stream, delta)
    const shown = text.replace(mail, '[email]')
    expect(guest.deltas.length).toBeGreaterThan(3)
    expect(shown.startsWith(stream?.text ?? '-')).toBe(true)
    expect(stream?.text).toContain('[email]')
    expect(guest.heard()).not.toContain(mail)
    expect(Object.values((await visit(`${url}.json`)).body.values)).toContain(shown)
  })

  it('tells whoever looks within a second that it has ended, and then answers like one that never was', async () => {
    model.script(() => ({ kind: 'text', text: word() }))
    const run = await api.begin(waiting(), { input: { topic: word() } })
    await api.untilStatus(run, 'waiting')
    const { id, url } = await share(`runs/${run}`)
    const guests = [watch(url), watch(url)]
    for (const guest of guests) expect(await guest.answer).toEqual({ ok: true })
    const from = performance.now()
    expect((await revoke(id)).status).toBe(204)
    for (const guest of guests) await expect.poll(() => guest.leftAt(), { timeout: 2_000, interval: 10 }).not.toBeNull()
    for (const guest of guests) expect((guest.leftAt() ?? 0) - from).toBeLessThan(1_000)
    const before = guests.map(({ events }) => events.length)
    await approve(run)
    await api.untilStatus(run, 'completed')
    expect(guests.map(({ events }) => events.length)).toEqual(before)
    const never = `${baton.origin}/s/${randomBytes(16).toString('base64url')}`
    for (const rest of ['.json', '.json?slim=1', '.yaml', '/values/v1']) {
      const [ended, unknown] = [await visit(`${url}${rest}`), await visit(`${never}${rest}`)]
      expect([ended.status, ended.text]).toEqual([404, unknown.text])
    }
    expect(await watch(url).answer).toEqual({ ok: false, code: 'not_found' })
    expect(await watch(never).answer).toEqual({ ok: false, code: 'not_found' })
    expect((await revoke(id)).status).toBe(404)
  })

  it('that another process ends is left within a second, too', async () => {
    const settings = { ...baton.settings, PORT: String(await freePort()) }
    const second = launchBaton(settings)
    try {
      await untilReady(second, `http://127.0.0.1:${settings.PORT}`)
      const elsewhere = apiWith(`http://127.0.0.1:${settings.PORT}`, api.key)
      const run = await api.begin(chainOf(node('ask', 'approval', { title: 'Go on?' })))
      await api.untilStatus(run, 'waiting')
      const { id, url } = await share(`runs/${run}`)
      const guest = watch(url)
      await guest.answer
      expect((await elsewhere.ask('DELETE', `/shares/${id}`)).status).toBe(204)
      const from = performance.now()
      await expect.poll(() => guest.leftAt(), { timeout: 2_000, interval: 10 }).not.toBeNull()
      expect((guest.leftAt() ?? 0) - from).toBeLessThan(1_000)
    } finally {
      await stopBaton(second)
    }
  })

  it('ends at its time, also for whoever is looking', async () => {
    const run = await api.begin(chainOf(node('ask', 'approval', { title: 'Go on?' })))
    await api.untilStatus(run, 'waiting')
    const { url } = await share(`runs/${run}`, { expiresInHours: 1 / 3_600 })
    const guest = watch(url)
    expect(await guest.answer).toEqual({ ok: true })
    await expect.poll(() => guest.leftAt(), { timeout: 3_000 }).not.toBeNull()
    expect((await visit(`${url}.json`)).status).toBe(404)
  })

  it('with a password shows nothing before it is known, also over sockets', async () => {
    const password = word('pass word ')
    model.script(() => ({ kind: 'text', text: 'done' }))
    const run = await api.run(writing(), { input: { topic: word() } })
    const { url } = await share(`runs/${run.id}`, { password })
    expect((await visit(`${url}.json`)).status).toBe(401)
    expect(await watch(url).answer).toEqual({ ok: false, code: 'not_found' })
    const unlock = (tried: string) =>
      visit<{ proof: string }>(`${url}/unlock`, {
        method: 'POST',
        body: JSON.stringify({ password: tried }),
        headers: { 'content-type': 'application/json' },
      })
    expect((await unlock(`${password}!`)).status).toBe(403)
    const { proof } = (await unlock(password)).body
    expect((await visit(`${url}.json`, { headers: { 'x-share-proof': proof } })).status).toBe(200)
    const guest = watch(url, { proof })
    expect(await guest.answer).toEqual({ ok: true })
    await expect.poll(() => guest.events.at(-1)?.type).toBe('run.completed')
  })

  it('shows a hidden node blank, over sockets as well', async () => {
    const [secret, text] = [word('hushed '), word()]
    model.script(() => ({ kind: 'text', text }))
    const graph = graphOf(
      [node('lookup_salary', 'transform', { template: secret }), agent('Say it'), outputOf('{{ write.text }}')],
      ['lookup_salary write done'],
    )
    const run = await api.run(graph)
    const { url } = await share(`runs/${run.id}`, { hide: ['lookup_salary'], include: { prompts: true } })
    const guest = watch(url)
    await expect.poll(() => guest.events.at(-1)?.type).toBe('run.completed')
    const { body, text: json } = await visit(`${url}.json`)
    expect(body.shown.hidden).toEqual(['hidden_1'])
    expect(body.graph.nodes.map(({ name }) => name)).toContain('Hidden step')
    for (const all of [json, guest.heard()]) {
      expect(all).not.toContain('lookup_salary')
      expect(all).not.toContain(secret)
      expect(all).toContain(text)
    }
  })

  it('of 50 nodes with long answers is seen with at most 150 KB', async () => {
    const long = Array.from({ length: 3_000 }, () => word()).join(' ')
    model.script(() => ({ kind: 'text', text: long }))
    const agents = Array.from({ length: 49 }, (_, n) =>
      node(`n${n}`, 'agent', { model: modelOf(model), prompt: 'Write' }),
    )
    const run = await api.run(chainOf(...agents, outputOf('{{ n48.text }}')))
    const { url } = await share(`runs/${run.id}`, {
      include: { input: true, prompts: true, costs: true, toolArguments: true },
    })
    const { text, body } = await visit(`${url}.json?slim=1`)
    expect(text.length).toBeLessThan(150 * 1024)
    const done = body.events.at(-1)
    const key = done?.type === 'run.completed' ? done.output.hash : ''
    expect((await visit<{ value: string }>(`${url}/values/${key}`)).body.value).toBe(long)
  })

  it('is ended by people of its workspace only, and given to nobody else', async () => {
    const run = await api.run(chainOf(node('a', 'transform', { template: 'x' })))
    const { id } = await share(`runs/${run.id}`)
    const viewer = apiWith(baton.origin, await makeKey(baton.settings, 'viewer'))
    expect((await viewer.ask('DELETE', `/shares/${id}`)).status).toBe(403)
    expect((await viewer.post(`/runs/${run.id}/share`, {})).status).toBe(403)
    expect((await api.ask('DELETE', `/shares/${id}`, undefined, { key: null })).status).toBe(403)
  })
})

it('a link to a workflow shows it read-only, and whoever may can copy it', async () => {
  const workflow = await api.workflow(writing())
  const { url } = await share(`workflows/${workflow}`, { include: { prompts: true } })
  const { body } = await visit<WorkflowProjection>(`${url}.json`)
  expect(body).toMatchObject({ kind: 'workflow', name: 'Acceptance' })
  const yaml = await visit(`${url}.yaml`)
  expect(yaml.text).toContain('You write.')
  const used = await api.post<{ workflowId: string }>('/shares/use', { token: tokenIn(url) })
  expect(used.status).toBe(201)
  const { graph } = await api.get<{ graph: { name: string } }>(`/workflows/${used.body.workflowId}`)
  expect(graph.name).toBe('Acceptance')
})

it('what is shared is described with the rest of the API', async () => {
  const { paths } = await api.get<{ paths: object }>('/openapi.json')
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/runs/{id}/share', '/workflows/{id}/share', '/shares', '/shares/{id}', '/shares/use']),
  )
})
