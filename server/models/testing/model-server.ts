import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isJsonObject, type JsonObject } from '@/engine/json'
import { type Pacer, startPacer } from '@/server/models/testing/pacer'
import type { Reply, Timing } from '@/server/models/testing/replies'
import { closing, completion, tokenChunks } from '@/server/models/testing/wire'

export type RecordedRequest = {
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body: JsonObject
}

/** Decides what to do with the nth request (from 0) to `/chat/completions`. */
export type Script = (request: RecordedRequest, n: number) => Reply

export type ModelServerOptions = {
  script?: Script
  models?: readonly string[]
  port?: number
  /** How many requests are kept for looking at; a benchmark keeps none. */
  keep?: number
}

export type ModelServer = {
  url: string
  requests: RecordedRequest[]
  /** Requests whose connection was cut by the caller before the answer was complete. */
  aborted: () => number
  script: (next: Script) => void
  close: () => Promise<void>
}

const hello: Script = () => ({ kind: 'text', text: 'Hello from the model server.' })
const idle: Timing = {}

async function readBody(req: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = []
  for await (const part of req) chunks.push(part as Buffer)
  if (chunks.length === 0) return {}
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  return isJsonObject(parsed) ? parsed : {}
}

function plainHeaders(req: IncomingMessage): Record<string, string> {
  const entries = Object.entries(req.headers).map(([name, value]) => [name, String(value)] as const)
  return Object.fromEntries(entries)
}

function sendJson(res: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers })
  res.end(body)
}

function sendError(res: ServerResponse, reply: Extract<Reply, { kind: 'error' }>): void {
  const error = { message: reply.message ?? `Scripted ${reply.status}`, type: 'scripted', code: reply.code ?? null }
  const headers = reply.retryAfter === undefined ? {} : { 'retry-after': reply.retryAfter }
  sendJson(res, reply.status, JSON.stringify({ error }), headers)
}

type Delivery = { res: ServerResponse; reply: Reply; model: string; withUsage: boolean; pacer: Pacer }

function streamReply({ res, reply, model, withUsage, pacer }: Delivery): void {
  const timing = 'firstTokenMs' in reply || 'perTokenMs' in reply ? reply : idle
  const tokens = tokenChunks(reply, model)
  let next = 0
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  res.flushHeaders()
  const write = (count: number): 'more' | 'end' => {
    const end = Math.min(tokens.length, next + count)
    const piece = tokens.slice(next, end).join('')
    next = end
    if (next < tokens.length) {
      res.write(piece)
      return 'more'
    }
    if (reply.kind === 'stall') res.write(piece)
    else if (reply.kind === 'cut' && reply.clean !== true) res.write(piece, () => res.destroy())
    else res.end(reply.kind === 'cut' ? piece : piece + closing(reply, model, withUsage))
    return 'end'
  }
  const everyMs = timing.perTokenMs ?? 0
  const dueAt = performance.now() + (timing.firstTokenMs ?? 0)
  if (everyMs === 0 && timing.firstTokenMs === undefined) return void write(tokens.length)
  const stop = pacer.add({ dueAt, everyMs, write })
  res.once('close', stop)
}

/** Without a stream the answer arrives when the last token would have. */
function plainReply({ res, reply, model }: Delivery): void {
  if (reply.kind === 'stall') return
  if (reply.kind === 'cut') return void res.destroy()
  const timing = 'firstTokenMs' in reply || 'perTokenMs' in reply ? reply : idle
  const tokens = reply.kind === 'tokens' ? reply.tokens : tokenChunks(reply, model).length
  const waitMs = (timing.firstTokenMs ?? 0) + Math.max(0, tokens - 1) * (timing.perTokenMs ?? 0)
  const body = completion(reply, model)
  const timer = waitMs > 0 ? setTimeout(() => sendJson(res, 200, body), waitMs) : undefined
  if (timer === undefined) sendJson(res, 200, body)
  else res.once('close', () => clearTimeout(timer))
}

function deliver(delivery: Delivery, streamed: boolean): void {
  const { res, reply } = delivery
  if (reply.kind === 'error') sendError(res, reply)
  else if (reply.kind === 'raw') {
    res.writeHead(reply.status, { 'content-type': reply.contentType })
    res.end(reply.body)
  } else if (streamed) streamReply(delivery)
  else plainReply(delivery)
}

type Inside = { server: ModelServer; script: Script; answered: number; aborted: number; pacer: Pacer }

async function handle(inside: Inside, options: ModelServerOptions, req: IncomingMessage, res: ServerResponse) {
  const path = req.url ?? '/'
  if (path.endsWith('/models')) {
    const data = (options.models ?? ['test-model', 'test-model-2']).map((id) => ({ id, object: 'model' }))
    return sendJson(res, 200, JSON.stringify({ object: 'list', data }))
  }
  const body = await readBody(req)
  if (path.endsWith('/_script')) return rescript(inside, body, res)
  if (path.endsWith('/_requests')) return sendJson(res, 200, JSON.stringify(inside.server.requests))
  if (!path.endsWith('/chat/completions')) return sendError(res, { kind: 'error', status: 404 })
  const request = { method: req.method ?? 'GET', path, headers: plainHeaders(req), body }
  if (inside.server.requests.length < (options.keep ?? 10_000)) inside.server.requests.push(request)
  res.once('close', () => {
    if (!res.writableFinished) inside.aborted += 1
  })
  const reply = inside.script(request, inside.answered++)
  const model = typeof body.model === 'string' ? body.model : 'test-model'
  const streamOptions = isJsonObject(body.stream_options) ? body.stream_options : {}
  const withUsage = streamOptions.include_usage === true
  deliver({ res, reply, model, withUsage, pacer: inside.pacer }, body.stream === true)
}

/** Lets another process set the answers: `{replies: Reply[]}`, one a request, the last one for all that follow. */
function rescript(inside: Inside, body: JsonObject, res: ServerResponse): void {
  const replies = body.replies as unknown as readonly Reply[]
  inside.answered = 0
  inside.script = (request, n) => replies[Math.min(n, replies.length - 1)] ?? hello(request, n)
  sendJson(res, 200, '{}')
}

export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const pacer = startPacer()
  const http = createServer((req, res) => {
    handle(inside, options, req, res).catch((error: unknown) => {
      if (!res.headersSent) sendError(res, { kind: 'error', status: 500, message: String(error) })
    })
  })
  http.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const server: ModelServer = {
    url: `http://127.0.0.1:${port}/v1`,
    requests: [],
    aborted: () => inside.aborted,
    script: (next) => {
      inside.script = next
      inside.answered = 0
    },
    close: () => {
      pacer.stop()
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
  const inside: Inside = { server, script: options.script ?? hello, answered: 0, aborted: 0, pacer }
  return server
}
