import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as ask, createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { number, word, words } from '@/e2e/testing/chance'
import { compressFiles } from '@/scripts/lib/compress.mjs'
import { answerPage } from '@/server/pages/answer-page'
import { listPageFiles } from '@/server/pages/page-files'
import { filePolicy } from '@/server/pages/policy'

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }

const root = mkdtempSync(path.join(tmpdir(), 'baton-files-'))
const secret = word('secret')
const script = words(number(200, 400)).join(';\n')
const small = word()
const picture = randomBytes(number(2_000, 4_000))
const name = `${word()}.js`

function put(place: string, content: string | Buffer): void {
  mkdirSync(path.dirname(path.join(root, place)), { recursive: true })
  writeFileSync(path.join(root, place), content)
}

describe('a file that pages are made of', () => {
  let port = 0
  let close = () => {}

  beforeAll(async () => {
    put('secret.txt', secret)
    put('outside/deep.txt', secret)
    put('static/small.js', small)
    put('static/media/picture.png', picture)
    put(`static/chunks/${name}`, script)
    symlinkSync(path.join(root, 'secret.txt'), path.join(root, 'static/link.txt'))
    symlinkSync(path.join(root, 'outside'), path.join(root, 'static/linked'))
    await compressFiles(path.join(root, 'static'))
    const next = {
      handle: async (_request: unknown, response: { end: (text: string) => unknown }): Promise<void> =>
        void response.end('a page'),
      upgrade: () => false,
      close: async () => {},
    }
    const files = listPageFiles(path.join(root, 'static'))
    const pages = { next: () => Promise.resolve(next), dev: false, files, framersOf: async () => [] }
    const server = createServer((request, response) => void answerPage(pages, request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
    close = () => server.close()
  })
  afterAll(() => {
    close()
    rmSync(root, { recursive: true })
  })

  /** As it stands, without a client that puts addresses in order or takes answers apart. */
  const get = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      ask({ host: '127.0.0.1', port, path: address, method, headers, agent: false }, async (response) =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) }),
      )
        .on('error', reject)
        .end()
    })
  const chunk = `/_next/static/chunks/${name}`

  it('comes in the form that was asked for, and says that there are others', async () => {
    const plain = await get(chunk)
    const brotli = await get(chunk, { 'accept-encoding': 'gzip, deflate, br' })
    const gzip = await get(chunk, { 'accept-encoding': 'gzip, br;q=0' })
    expect([plain, brotli, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip'])
    expect(plain.body.toString()).toBe(script)
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script)
    expect(gunzipSync(gzip.body).toString()).toBe(script)
    for (const { status, headers, body } of [plain, brotli, gzip]) {
      expect(status).toBe(200)
      expect(headers.vary).toBe('accept-encoding')
      expect(headers['content-type']).toBe('application/javascript; charset=UTF-8')
      expect(headers['content-length']).toBe(String(body.byteLength))
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    }
    expect(new Set([plain, brotli, gzip].map(({ headers }) => headers.etag)).size).toBe(3)
  })

  it('has the policy of files and is taken for no other type', async () => {
    for (const { headers } of [await get(chunk), await get('/_next/static/nothing.js')]) {
      expect(headers['content-security-policy']).toBe(filePolicy)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('same-origin')
    }
  })

  it('is left alone by the build where that gains nothing: pictures and the smallest scripts', async () => {
    const wish = { 'accept-encoding': 'br, gzip' }
    const shown = await get('/_next/static/media/picture.png', wish)
    expect(shown.body.equals(picture)).toBe(true)
    expect(shown.headers['content-type']).toBe('image/png')
    const least = await get('/_next/static/small.js', wish)
    expect(least.body.toString()).toBe(small)
    for (const { headers } of [shown, least]) {
      expect(headers['content-encoding']).toBeUndefined()
      expect(headers.vary).toBeUndefined()
    }
  })

  it('sends its head alone for HEAD, and nothing again that is known', async () => {
    const wish = { 'accept-encoding': 'br' }
    const whole = await get(chunk, wish)
    const head = await get(chunk, wish, 'HEAD')
    const { date: _, ...rest } = head.headers
    expect(whole.headers).toMatchObject(rest)
    expect(head.body).toHaveLength(0)
    const tag = whole.headers.etag ?? ''
    for (const known of [tag, `W/${tag}`, `"${word()}", ${tag}`, '*']) {
      const again = await get(chunk, { ...wish, 'if-none-match': known })
      expect(again.status, known).toBe(304)
      expect(again.body).toHaveLength(0)
      expect(again.headers).toMatchObject({ etag: tag, vary: 'accept-encoding' })
      expect(again.headers['cache-control']).toContain('immutable')
    }
    const other = { 'accept-encoding': 'gzip', 'if-none-match': tag }
    expect((await get(chunk, other)).status).toBe(200)
  })

  it('can not be changed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await get(chunk, {}, method)
      expect(answer.status, method).toBe(405)
      expect(answer.headers.allow).toBe('GET, HEAD')
    }
  })

  it.each([
    '../secret.txt',
    'chunks/../../secret.txt',
    '%2e%2e/secret.txt',
    '..%2fsecret.txt',
    '%2e%2e%2fsecret.txt',
    '%252e%252e%252fsecret.txt',
    '..\\secret.txt',
    '..%5csecret.txt',
    '%5c..%5c..%5csecret.txt',
    '/secret.txt',
    '%2fsecret.txt',
    `/${root}/secret.txt`,
    `${encodeURIComponent(root)}%2fsecret.txt`,
    '..;/secret.txt',
    '..%c0%afsecret.txt',
    '%',
    '%zz',
    '',
    '.',
    'chunks',
    'chunks/',
    './small.js',
    'chunks/../small.js',
    'small.js/',
    'small.js%00.png',
    'small.js%00',
    'link.txt',
    'linked/deep.txt',
    'toString',
    '__proto__',
    `chunks/${name}.br`,
    `chunks/${name}.gz`,
  ])('is none at %o', async (rest) => {
    const answer = await get(`/_next/static/${rest}`)
    expect(answer.status).toBe(404)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body.toString()).toBe('There is no such file.\n')
  })

  it('is none behind bytes that no address may hold', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.end('GET /_next/static/small.js\0 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    const answer = await text(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer).not.toContain(small)
  })

  it('is there for a name in percent signs, and whatever stands behind the question mark', async () => {
    const percent = [...'small.js'].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('')
    for (const address of [percent, `small.js?${word()}=../../secret.txt`]) {
      expect((await get(`/_next/static/${address}`)).body.toString()).toBe(small)
    }
  })

  it('is not looked for where pages are', async () => {
    for (const address of ['/', '/_next/image', '/_next/static', '/_NEXT/static/small.js'])
      expect((await get(address)).body.toString()).toBe('a page')
  })

  it('reads as none when it was taken away below the server, until it is there again', async () => {
    const own = path.join(root, 'gone')
    mkdirSync(own)
    writeFileSync(path.join(own, 'a.css'), small)
    const files = listPageFiles(own)
    rmSync(path.join(own, 'a.css'))
    const next = () => null
    const server = createServer(
      (request, response) => void answerPage({ next, dev: false, files, framersOf: async () => [] }, request, response),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const visit = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/_next/static/a.css`)
    expect((await visit()).status).toBe(404)
    writeFileSync(path.join(own, 'a.css'), small)
    expect(await (await visit()).text()).toBe(small)
    server.close()
    server.closeAllConnections()
  })
})
