import { afterAll, beforeAll, expect, test } from 'vitest'
import { openServer, type TestServer } from '@/server/api/testing/open-server'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

const upload = (raw: string | Buffer, { query = '', type = 'text/plain' } = {}) =>
  server.ask<{ file: string; name: string; type: string; size: number }>(`/api/v1/files${query}`, {
    raw,
    headers: { 'content-type': type },
  })

test('a body is kept byte for byte, under the name that was given', async () => {
  const bytes = Buffer.from('héllo, wörld – ünïcode', 'utf8')
  const { status, body } = await upload(bytes, { query: '?name=notes%20%C3%BC.txt', type: 'text/plain; charset=utf-8' })
  expect(status).toBe(201)
  expect(body).toEqual({ file: body.file, name: 'notes ü.txt', type: 'text/plain', size: bytes.length })
  const read = await server.ask(`/api/v1/files/${body.file}`)
  expect(read.text).toBe(bytes.toString('utf8'))
  expect(read.headers['content-disposition']).toBe("attachment; filename*=UTF-8''notes%20%C3%BC.txt")
})

test('a form with one file is read, other forms are refused', async () => {
  const form = (parts: string[]) => Buffer.from(`${parts.map((part) => `--x\r\n${part}\r\n`).join('')}--x--\r\n`)
  const file = 'Content-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n1,2'
  const type = 'multipart/form-data; boundary=x'
  expect((await upload(form([file]), { type })).body).toMatchObject({ name: 'a.csv', type: 'text/csv', size: 3 })
  const text = 'Content-Disposition: form-data; name="note"\r\n\r\nhello'
  for (const parts of [[], [text], [file, file]]) expect((await upload(form(parts), { type })).status).toBe(422)
  expect((await upload('rubbish', { type })).status).toBe(422)
  expect((await upload('rubbish', { type: 'multipart/form-data' })).status).toBe(422)
})

test('a form of countless parts is refused without reading them', async () => {
  const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
  const raw = Buffer.from(`${part.repeat(100_000)}--x--\r\n`)
  const before = process.threadCpuUsage()
  for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data; charset=utf-8; boundary="x"']) {
    const { status, body } = await upload(raw, { type })
    expect([status, body]).toMatchObject([422, { problems: [{ code: 'too_many_parts' }] }])
  }
  const { user, system } = process.threadCpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(300)
})

test.each([
  ['../../etc/passwd', 'passwd'],
  [String.raw`C:\temp\x.doc`, 'x.doc'],
  ['..', 'file'],
  ['a\r\nSet-Cookie: x=1', 'aSet-Cookie: x=1'],
  ['\u202Egpj.exe', 'gpj.exe'],
])('the name %j becomes %j', async (name, kept) => {
  expect((await upload('x', { query: `?name=${encodeURIComponent(name)}` })).body.name).toBe(kept)
})

test('a page that somebody uploads is never shown as one of ours', async () => {
  const { body } = await upload('<script>alert(1)</script>', { query: '?name=x.html', type: 'text/html' })
  const { headers } = await server.ask(`/api/v1/files/${body.file}`)
  expect(headers['content-disposition']).toMatch(/^attachment/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['content-security-policy']).toContain('sandbox')
  expect((await upload('x', { type: 'text/html\t<x>' })).body.type).toBe('application/octet-stream')
})

test('more than 8 MB is refused', async () => {
  expect(await upload(Buffer.alloc(8 * 2 ** 20 + 1))).toMatchObject({ status: 413 })
  expect(await upload(Buffer.alloc(8 * 2 ** 20))).toMatchObject({ status: 201 })
})
