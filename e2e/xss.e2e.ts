import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ModelServer, startModelServer } from '@/server/models/testing/model-server'
import { type Api, openApi, type Run } from './testing/api'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { node, openBuilder } from './testing/builder'
import { type Edge, edgesOf, type Graph, type Node, node as nodeOf } from './testing/graph'
import { expectInert } from './testing/inert'
import { named, type Payload, payloads, written } from './testing/payloads'
import { type Peer, startPeer } from './testing/peer'
import { desk, openPage, phone, printedLink, signIn, type Visit } from './testing/visit'
import { type Watch, watchPages } from './testing/watchful'

/** A model whose every word is harmful: number n says payload n, `everything` all of them. */
const answer =
  (all: readonly Payload[], everything: string) =>
  ({ body }: { body: { messages?: unknown } }) => {
    const asked = JSON.stringify(body.messages)
    const number = /Say number (\d+)\./.exec(asked)?.[1]
    if (number !== undefined) {
      const payload = all[Number(number)]
      return { kind: 'text', text: payload ? written(payload) : '' } as const
    }
    if (asked.includes('Fail now')) return { kind: 'error', status: 400, message: everything } as const
    if (asked.includes('Use the tool') && !asked.includes('"role":"tool"')) {
      const url = /http:\/\/127\.0\.0\.1:\d+\/page/.exec(asked)?.[0] ?? ''
      const call = { name: 'http_request', arguments: JSON.stringify({ method: 'GET', url }) }
      return { kind: 'tools', calls: [call], text: everything.slice(0, 500) } as const
    }
    return { kind: 'text', text: everything, perTokenMs: 1 } as const
  }

describe('harmful text', () => {
  let peer: Peer
  let models: ModelServer
  let baton: RunningBaton
  let api: Api
  let browser: Browser
  let visit: Visit
  let watch: Watch
  let all: Payload[]
  let everything: string
  let crew: string
  let marks: string[]

  beforeAll(async () => {
    peer = await startPeer((_heard, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(everything)
    })
    all = payloads('http://127.0.0.1:9')
    everything = all.map(written).join('\n\n')
    marks = all.map(({ mark }) => mark)
    models = await startModelServer({ script: answer(all, everything) })
    baton = await startBaton({
      OPENAI_BASE_URL: models.url,
      OPENAI_API_KEY: 'sk-test',
      OPENAI_MODEL: 'test-model',
      BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}`,
    })
    api = await openApi(baton)
    browser = await openBrowser()
    visit = await openPage(browser, desk)
    watch = await watchPages(visit.context, baton.origin)
    await signIn(visit.page, printedLink(baton))
    crew = await api.workflow(crewGraph(all))
  })
  afterAll(async () => {
    // Whatever the browser was told to do in between.
    expect(watch).toEqual({ violations: [], popups: [], strangers: [] })
    expect(peer.heard.every(({ url }) => url === '/page')).toBe(true)
    await browser?.close()
    await baton?.stop()
    await models?.close()
    await peer?.close()
  })

  const crewGraph = (some: readonly Payload[]): Graph => ({
    baton: 1,
    name: some
      .map(({ text }) => text)
      .join(' ')
      .slice(0, 200),
    description: everything.slice(0, 20_000),
    template: {
      category: some[0]?.text.slice(0, 60) ?? '',
      tags: some.slice(0, 20).map(({ text }) => text.slice(0, 60)),
      summary: everything.slice(0, 2_000),
      sampleInput: { topic: everything.slice(0, 5_000) },
    },
    nodes: crewNodes(some),
    edges: crewEdges,
  })
  const crewNodes = (some: readonly Payload[]): Node[] => [
    nodeOf(
      'start',
      'input',
      {
        fields: [
          { name: 'topic', type: 'text', label: some[0]?.text ?? '' },
          { name: 'paper', type: 'file', label: some[1]?.text ?? '' },
        ],
      },
      { name: some[0] ? named(some[0]) : '', position: { x: 0, y: 0 } },
    ),
    nodeOf(
      'ready',
      'approval',
      { title: '{{ start.topic }}', message: '{{ start.topic }}' },
      { position: { x: 300, y: 0 } },
    ),
    nodeOf(
      'crew',
      'team',
      { mode: 'parallel', goal: 'Say it.' },
      { position: { x: 600, y: 0 }, size: { width: 2400, height: 2400 } },
    ),
    ...some.map((payload, index) =>
      nodeOf(
        `m${index}`,
        'agent',
        { prompt: `Say number ${index}.` },
        {
          parent: 'crew',
          name: named(payload),
          position: { x: 20 + (index % 9) * 260, y: 60 + Math.floor(index / 9) * 150 },
        },
      ),
    ),
    nodeOf(
      'ask',
      'agent',
      { prompt: `Use the tool on http://127.0.0.1:${peer.port}/page`, tools: ['http_request'] },
      { position: { x: 3100, y: 0 } },
    ),
    nodeOf(
      'fails',
      'agent',
      { prompt: 'Fail now.' },
      { onError: 'continue', retry: { max: 0 }, position: { x: 3400, y: 0 } },
    ),
    nodeOf(
      'breaks',
      'code',
      { source: `throw new Error(${JSON.stringify(everything.slice(0, 4_000))})` },
      { onError: 'continue', position: { x: 3700, y: 0 } },
    ),
    nodeOf(
      'done',
      'output',
      { value: { said: '{{ ask.text }}', failed: '{{ fails.error.message }}' } },
      { position: { x: 4000, y: 0 } },
    ),
    nodeOf('memo', 'note', { text: everything.slice(0, 20_000), color: '"><script>' }, { position: { x: 0, y: 400 } }),
  ]
  const crewEdges: Edge[] = edgesOf(['start ready', 'ready:approved crew', 'crew ask fails breaks done'])

  const panel = (page: Page, name: string | RegExp) => page.getByRole('tab', { name }).first().click()

  it('has many faces: tags, handlers, links, drawings, frames, styles, templates, letters that look alike', () => {
    expect(all.length).toBeGreaterThanOrEqual(60)
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
  })

  it('is only words in the builder: names, notes, forms, and what is wrong', async () => {
    const { page } = visit
    await openBuilder(page, baton, crew)
    await node(page, 'm0').waitFor()
    await expectInert(page, 'the canvas', marks)
    for (const id of ['start', 'ready', 'ask', 'breaks', 'm3']) {
      await page.goto(`${baton.origin}/workflows/${crew}/edit?node=${id}`)
      await page.getByRole('tab', { name: 'Setup' }).waitFor()
      await expectInert(page, `the inspector of ${id}`, [marks[0] ?? ''])
    }
  })

  it('is only words while a run streams it, in every panel, and in a replay', async () => {
    const { page } = visit
    const [upload] = await Promise.all([
      api.ask<{ file: string }>(
        'POST',
        `/files?name=${encodeURIComponent(named(all[16] ?? { mark: '', text: '' }))}`,
        undefined,
        {
          raw: '<script>window.__xss=1</script>',
          headers: { 'content-type': 'text/html' },
        },
      ),
    ])
    const started = await api.post<{ id: string }>(`/workflows/${crew}/runs`, {
      version: 'draft',
      input: { topic: everything, paper: upload.body },
      wait: 20,
    })
    const { id } = started.body
    await page.goto(`${baton.origin}/runs/${id}`)
    await expectInert(page, 'a run that asks', marks)
    await node(page, 'ready').getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Completed').first().waitFor({ timeout: 40_000 })
    await expectInert(page, 'a run that has ended', marks)
    await panel(page, 'Transcript')
    await expectInert(page, 'the transcript', marks)
    await panel(page, 'Events')
    await expectInert(page, 'the events', marks.slice(0, 3))
    for (const path of ['start', 'ask', 'fails', 'breaks', 'done', 'crew']) {
      await page.goto(`${baton.origin}/runs/${id}?node=${path}`)
      const details = page.getByRole('complementary', { name: 'Details' })
      for (const tab of await details.getByRole('tab').all()) {
        await tab.click()
        await expectInert(page, `${await tab.textContent()} of ${path}`, [marks[0] ?? ''])
      }
    }
    await page.goto(`${baton.origin}/runs/${id}`)
    await page.getByText(/^event \d+ of \d+$/).waitFor()
    await expectInert(page, 'a run that is over', marks)
    await page.goto(`${baton.origin}/runs/${id}?at=9`)
    await page.getByText('event 9 of').waitFor()
    await expectInert(page, 'a replay', marks)
    expect((await api.get<Run>(`/runs/${id}`)).status).toBe('completed')
  })

  it('is only words in lists of workflows, runs, questions and keys, on a phone too', async () => {
    const small: Edge[] = edgesOf(['start gate', 'gate:approved done'])
    for (const payload of all) {
      const workflow = await api.workflow({
        baton: 1,
        name: named(payload),
        description: payload.text,
        nodes: [
          nodeOf('start', 'input', { fields: [{ name: 'topic', type: 'text' }] }),
          nodeOf(
            'gate',
            'approval',
            { title: '{{ start.topic }}', message: '{{ start.topic }}' },
            { name: named(payload) },
          ),
          nodeOf('done', 'output', {}),
        ],
        edges: small,
      })
      await api.post(`/workflows/${workflow}/runs`, { input: { topic: written(payload) } })
      await api.post('/keys', { name: named(payload).slice(0, 100), role: 'viewer' })
    }
    const onPhone = await openPage(browser, phone)
    await onPhone.context.addCookies(await visit.context.cookies())
    const alsoWatch = await watchPages(onPhone.context, baton.origin)
    // What is asked first is answered first; elsewhere the newest is on top.
    const first = (path: string) => (path === '/approvals' ? marks.slice(0, 10) : marks.slice(-10))
    for (const path of ['/', '/runs', '/approvals', '/keys']) {
      for (const page of [visit.page, onPhone.page]) {
        await page.goto(`${baton.origin}${path}`)
        await expectInert(page, path, first(path))
      }
    }
    expect(alsoWatch).toEqual({ violations: [], popups: [], strangers: [] })
    await onPhone.close()
  })

  it('is only words when a graph is imported that holds nothing else', async () => {
    const { page } = visit
    const { text } = all[17] ?? { text: '' }
    await page.goto(baton.origin)
    await page.getByRole('button', { name: 'Import a workflow' }).first().click()
    await page.getByLabel('The graph, as YAML or JSON').fill(
      JSON.stringify({
        baton: 1,
        name: text,
        [text]: text,
        nodes: [{ id: 'a', kind: text, [text]: 1 }],
        edges: [{ source: text, target: text }],
      }),
    )
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    const complaint = page.getByRole('dialog').getByRole('alert')
    await complaint.waitFor()
    await expectInert(page, 'what is wrong with an import', [text])
  })
})
