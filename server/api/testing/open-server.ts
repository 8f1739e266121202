import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createGuard } from '@/server/api/http/guard'
import { createApi } from '@/server/api/http/handler'
import { assemble } from '@/server/boot/assemble'
import { freshDatabase } from '@/server/db/testing/fresh-database'
import { type LimitSettings, usualLimits } from '@/server/limits/limits'
import type { MemberRole } from '@/server/people/actor'
import { addKey } from '@/server/people/create-key'
import { ensureFirstWorkspace, type Place } from '@/server/people/ensure-first-workspace'

export type Answer<T = Record<string, unknown>> = {
  status: number
  headers: IncomingHttpHeaders
  text: string
  body: T
}
export type Ask = {
  method?: string
  body?: unknown
  raw?: string | Buffer
  headers?: OutgoingHttpHeaders
  key?: string | null
}

/** A whole server on a database of its own: real HTTP, real runs, two workspaces. */
export async function openServer({ url, limits = {} }: { url?: string; limits?: Partial<LimitSettings> } = {}) {
  const database = url === undefined ? await freshDatabase() : { url, drop: async () => {} }
  const reports: unknown[] = []
  const assembled = await assemble({
    databaseUrl: database.url,
    secretKey: Buffer.alloc(32, 7),
    openai: { apiKey: null, baseUrl: null, model: null },
    allowPrivate: [],
    simulatedPace: 0,
    limits: { ...usualLimits, ...limits },
    report: (error) => reports.push(error),
    runtime: { works: true },
  })
  const { deps } = assembled
  const guard = createGuard({ host: '127.0.0.1', allowNetwork: false, publicUrl: null })
  const api = createApi(deps, { guard, version: '0' })
  const server = createServer((incoming, response) => {
    if (!api(incoming, response)) response.writeHead(418).end('a page')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const home = await ensureFirstWorkspace(deps.db)
  const away = await anotherWorkspace(deps.db)
  const keyFor = async (place: Place, role: MemberRole) =>
    (await addKey(deps.db, { workspaceId: place.workspaceId, createdBy: null, name: role, role })).key
  const key = await keyFor(home, 'owner')

  const ask = <T = Record<string, unknown>>(path: string, options: Ask = {}) => send<T>(port, path, { key, ...options })

  return {
    ...assembled,
    api,
    port,
    url: `http://127.0.0.1:${port}`,
    databaseUrl: database.url,
    reports,
    home,
    away,
    key,
    awayKey: await keyFor(away, 'owner'),
    keyFor: (role: MemberRole) => keyFor(home, role),
    ask,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await assembled.close()
      await database.drop()
    },
  }
}
export type TestServer = Awaited<ReturnType<typeof openServer>>

async function anotherWorkspace(db: TestServer['deps']['db']): Promise<Place> {
  const user = await db.user.create({ data: { id: randomUUID(), name: 'Somebody else' } })
  const workspace = await db.workspace.create({ data: { id: randomUUID(), name: 'Away', slug: 'away' } })
  await db.member.create({ data: { workspaceId: workspace.id, userId: user.id, role: 'owner' } })
  return { workspaceId: workspace.id, userId: user.id }
}

export function send<T>(port: number, path: string, { method, body, raw, headers, key }: Ask): Promise<Answer<T>> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: method ?? (content === undefined ? 'GET' : 'POST'),
        headers: {
          ...(content === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...headers,
        },
      },
      async (response) => {
        const answer = await text(response)
        const isJson = /json/.test(response.headers['content-type'] ?? '')
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: answer,
          body: (isJson ? JSON.parse(answer) : null) as T,
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(content)
  })
}
