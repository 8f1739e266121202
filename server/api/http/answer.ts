import type { ServerResponse } from 'node:http'
import type { Problem } from '@/server/api/http/problem'

/** What goes back. Text and bytes say themselves what they are. */
export type Reply =
  | { status: number; body: unknown; headers?: { readonly [name: string]: string } }
  | { status: number; type: string; content: string | Uint8Array; headers?: { readonly [name: string]: string } }

const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export function send(response: ServerResponse, reply: Reply): void {
  if (response.headersSent || response.destroyed) return
  const { status, headers } = reply
  if (status === 204) {
    response.writeHead(204, { ...common, ...headers })
    response.end()
    return
  }
  const content = 'content' in reply ? reply.content : JSON.stringify(reply.body)
  response.writeHead(status, {
    ...common,
    'content-type': 'content' in reply ? reply.type : 'application/json; charset=utf-8',
    'content-length': typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength,
    ...headers,
  })
  response.end(content)
}

export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  headers: { readonly [name: string]: string } = {},
): void {
  const retry =
    typeof problem.retryAfterSeconds === 'number' ? { 'retry-after': String(Math.ceil(problem.retryAfterSeconds)) } : {}
  const ask = problem.code === 'unauthorized' ? { 'www-authenticate': 'Bearer realm="baton"' } : {}
  send(response, {
    status: problem.status,
    type: 'application/problem+json; charset=utf-8',
    content: JSON.stringify(problem),
    headers: { ...retry, ...ask, ...headers },
  })
}
