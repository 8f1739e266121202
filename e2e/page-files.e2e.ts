import { readFileSync } from 'node:fs'
import { request as ask, type IncomingHttpHeaders } from 'node:http'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '@/server/project-root'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { addWorkflow } from './testing/builder'
import { word } from './testing/chance'
import { chainOf, field, inputOf, node as nodeOf, outputOf } from './testing/graph'
import { visit } from './testing/guest'
import { desk, openPage, phone, printedLink, signIn, type Visit } from './testing/visit'

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }
/** A file as it came over the wire. */
type Sent = { bytes: number; coding: string }
type Load = Map<string, Sent>

const kilobyte = 1_000

describe('the files of the pages', () => {
  let baton: RunningBaton
  let browser: Browser
  let owner: Visit
  let builder: string
  let link: string

  beforeAll(async () => {
    baton = await startBaton()
    browser = await openBrowser()
    owner = await openPage(browser, desk)
    await signIn(owner.page, printedLink(baton))
    const nodes = [inputOf(field('topic')), nodeOf('write', 'agent', { prompt: '{{ start.topic }}' }), outputOf('x')]
    const workflow = await addWorkflow(owner.page, baton, chainOf(...nodes) as never)
    builder = `${baton.origin}/workflows/${workflow}`
    const run = await post<{ id: string }>(`/workflows/${workflow}/runs`, {
      version: 'draft',
      input: { topic: word() },
      wait: 30,
    })
    link = (await post<{ url: string }>(`/runs/${run.id}/share`, {})).url
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
  })

  async function post<T>(place: string, data: unknown): Promise<T> {
    const answer = await owner.page.request.post(`${baton.origin}/api/v1${place}`, {
      data,
      headers: { origin: baton.origin },
    })
    return (await answer.json()) as T
  }

  /** As it stands, without a client that puts addresses in order or takes answers apart. */
  const get = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      const { hostname, port } = new URL(baton.origin)
      ask({ hostname, port, path: address, method, headers, agent: false }, async (response) =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) }),
      )
        .on('error', reject)
        .end()
    })

  /** Opens a page for the first time, in a browser that takes these forms of files. */
  async function load(url: string, seen: string, accepted: string): Promise<Load> {
    const { page, context, faults, close } = await openPage(browser, url === link ? phone : desk)
    if (url !== link) await context.addCookies(await owner.context.cookies())
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await context.setExtraHTTPHeaders({ 'accept-encoding': accepted })
    const asked = new Map<string, { file: string; coding: string }>()
    const loaded: Load = new Map()
    devtools.on('Network.responseReceived', ({ requestId, response }) => {
      const file = /\/_next\/static\/.*\.(?:js|css)$/.exec(response.url)?.[0]
      if (file) asked.set(requestId, { file, coding: response.headers['content-encoding'] ?? 'identity' })
    })
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const { file, coding } = asked.get(requestId) ?? {}
      if (file && coding && encodedDataLength > 0) loaded.set(file, { bytes: encodedDataLength, coding })
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    await page.locator(seen).first().waitFor()
    expect(faults).toEqual([])
    await close()
    return loaded
  }

  it.each([
    ['the builder', () => builder, '.react-flow__node', 850 * kilobyte],
    ['a shared run, on a phone', () => link, 'h1', 700 * kilobyte],
  ] as const)('cross the wire in a third of their size: %s', async (_page, url, seen, ceiling) => {
    const plain = await load(url(), seen, 'identity')
    const gzip = await load(url(), seen, 'gzip')
    const brotli = await load(url(), seen, 'gzip, br')
    // What a page gets for later may or may not be there yet.
    const files = [...plain.keys()].filter((file) => gzip.has(file) && brotli.has(file))
    const sizeOf = (load: Load) => files.reduce((sum, file) => sum + (load.get(file)?.bytes ?? 0), 0)
    const codingsOf = (load: Load) => new Set(files.map((file) => load.get(file)?.coding))
    expect(sizeOf(plain)).toBeGreaterThan(800 * kilobyte)
    expect([...codingsOf(plain)]).toEqual(['identity'])
    expect([...codingsOf(gzip)]).toContain('gzip')
    expect([...codingsOf(brotli)]).toContain('br')
    expect(sizeOf(gzip)).toBeLessThan(sizeOf(plain) * 0.38)
    expect(sizeOf(brotli)).toBeLessThan(sizeOf(plain) / 3)
    expect(sizeOf(brotli)).toBeLessThan(sizeOf(gzip))
    expect(sizeOf(brotli)).toBeLessThan(ceiling)
  })

  const filesOfPage = async () => {
    const { text } = await visit(link)
    const files = [...text.matchAll(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g)].map(([file]) => file)
    expect(files.length).toBeGreaterThan(5)
    return [...new Set(files)]
  }

  it('are what the build left, in every form, under the policy of files and kept for good', async () => {
    for (const file of await filesOfPage()) {
      const built = readFileSync(path.join(projectRoot, '.next', file.slice('/_next/'.length)))
      const plain = await get(file)
      const brotli = await get(file, { 'accept-encoding': 'gzip;q=0.5, br;q=0.9' })
      const gzip = await get(file, { 'accept-encoding': 'br;q=0.5, gzip' })
      expect(plain.body.equals(built), file).toBe(true)
      if (built.byteLength > 2_000) {
        expect(brotliDecompressSync(brotli.body).equals(built), file).toBe(true)
        expect(gunzipSync(gzip.body).equals(built), file).toBe(true)
        expect(plain.headers.vary).toBe('accept-encoding')
      }
      for (const { headers } of [plain, brotli, gzip]) {
        expect(headers['content-security-policy']).toBe(
          "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        )
        expect(headers['x-content-type-options']).toBe('nosniff')
        expect(headers['cross-origin-opener-policy']).toBe('same-origin')
        expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
        expect(headers['content-type']).toMatch(/^(?:application\/javascript|text\/css); charset=UTF-8$/)
      }
      const again = await get(file, { 'accept-encoding': 'br', 'if-none-match': brotli.headers.etag ?? '' })
      expect([again.status, again.body.byteLength]).toEqual([304, 0])
      const head = await get(file, { 'accept-encoding': 'br' }, 'HEAD')
      expect([head.status, head.body.byteLength]).toEqual([200, 0])
      expect(head.headers['content-length']).toBe(String(brotli.body.byteLength))
    }
  })

  it('lead nowhere else, however an address is written', async () => {
    const [file = ''] = await filesOfPage()
    const up = (way: string) => [`${way}BUILD_ID`, `${way}${way}package.json`]
    const climbs = [
      '../',
      '%2e%2e/',
      '..%2f',
      '%2e%2e%2f',
      '%252e%252e%252f',
      '..\\',
      '..%5c',
      '..;/',
      './../',
      '%00/../',
    ]
    const inside = climbs.flatMap(up).flatMap((rest) => [`/_next/static/${rest}`, `/_next/static/chunks/../${rest}`])
    const absolute = encodeURIComponent(path.join(projectRoot, 'package.json'))
    const odd = [absolute, `%2f${absolute}`, '%', '%zz', '', 'chunks', 'chunks/', '__proto__', `${word()}.js`]
    const strange = [`${file}.br`, `${file}.gz`, `${file}%00`, `${file}/`, `${file}%20`]
    for (const address of [...inside, ...odd.map((rest) => `/_next/static/${rest}`), ...strange]) {
      const answer = await get(address)
      expect(answer.status, address).toBe(404)
      expect(answer.body.toString(), address).toBe('There is no such file.\n')
      expect(answer.headers['cache-control'], address).toBe('no-store')
    }
    expect((await get(file, { host: `${word()}.example` })).status).toBe(421)
    expect((await get(file, {}, 'POST')).status).toBe(405)
  })

  it('are not reached around the server either, through the renderer of pages', async () => {
    const secrets = ['.next/BUILD_ID', 'package.json'].map((file) => readFileSync(path.join(projectRoot, file), 'utf8'))
    for (const way of [
      '/_next/../',
      '/_next/%2e%2e/',
      '/_next//static/../../',
      '//_next/static/../../',
      '/_next\\static\\..\\',
    ]) {
      for (const file of ['BUILD_ID', '.next/BUILD_ID', 'package.json']) {
        const { body } = await get(way + file)
        for (const secret of secrets) expect(body.toString(), way + file).not.toBe(secret)
      }
    }
  })
})
