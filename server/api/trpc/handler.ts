import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { readObject } from '@/server/api/http/read-input'
import { readJson } from '@/server/api/http/read-json'
import { appRouter } from '@/server/api/trpc/router'
import type { Identity } from '@/server/people/resolve-actor'
import type { Deps } from '@/server/use-case'

export const trpcPrefix = '/api/trpc'

/** A page asks for a handful of things at once; 1,400 lists fit into an address and kept the process busy for 1.5 s. */
const maxBatchSize = 30

type Call = { request: IncomingMessage; response: ServerResponse; path: string; query: string; identity: Identity }

/** The body or the question in the address has passed the same checks as one of REST before tRPC sees it. */
export async function answerTrpc(deps: Deps, { request, response, path, query, identity }: Call): Promise<void> {
  const method = request.method === 'POST' ? 'POST' : 'GET'
  const body = method === 'POST' ? JSON.stringify(await readObject(request)) : null
  const asked = method === 'GET' ? new URLSearchParams(query).get('input') : null
  if (asked !== null) readJson(Buffer.from(asked))
  const headers = new Headers({ 'content-type': 'application/json' })
  for (const name of ['accept', 'trpc-accept']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const answer = await fetchRequestHandler({
    endpoint: trpcPrefix,
    req: new Request(`http://baton${path}${query === '' ? '' : `?${query}`}`, { method, headers, body }),
    router: appRouter,
    maxBatchSize,
    createContext: () => ({ deps, actor: identity.actor }),
    onError: ({ error, path: procedure }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') deps.report(error.cause ?? error, { procedure: procedure ?? '' })
    },
  })
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  if (answer.body === null) return void response.end()
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(() => {})
}
