import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGuard } from '@/server/api/http/guard'
import { createApi } from '@/server/api/http/handler'
import { countInbox } from '@/server/approvals/count-inbox'
import type { Env } from '@/server/env'
import { attachLive } from '@/server/live/attach'
import { livePath } from '@/server/live/protocol'
import { createNextHandler, type NextHandler } from '@/server/next-app'
import { resolveActor } from '@/server/people/resolve-actor'
import { projectRoot } from '@/server/project-root'
import { canSeeRun } from '@/server/runs/can-see-run'
import { readEvents } from '@/server/runs/read-events'
import { recentRuns } from '@/server/runs/recent-runs'
import { endedShares } from '@/server/shares/find-share'
import { watchShare } from '@/server/shares/watch-share'
import type { Deps } from '@/server/use-case'

export type Web = { address: string; close: () => Promise<void> }

/** REST, tRPC, sockets and pages on one port. The API is answered before Next sees the request. */
export async function openWeb(deps: Deps, env: Env, version: string): Promise<Web> {
  const guard = createGuard({ host: env.host, allowNetwork: env.allowNetwork, publicUrl: env.publicUrl })
  const api = createApi(deps, { guard, version })
  const dev = process.env.NODE_ENV === 'development'
  let pages: Promise<NextHandler> | null = null
  const server = createServer((request, response) => {
    if (!api(request, response)) void answerPage(() => pages, guard.isHostAllowed(request.headers), request, response)
  })
  const live = attachLive(server, {
    runtime: deps.runtime,
    readEvents: (runId, after, limit) => readEvents(deps, runId, after, limit),
    recentRuns: (workspaceId) => recentRuns(deps, workspaceId),
    countInbox: (workspaceId) => countInbox(deps, workspaceId),
    resolveActor: async (headers) => (await resolveActor(deps, headers))?.actor ?? null,
    canSee: (actor, runId) => canSeeRun(deps, actor, runId),
    isAllowed: guard.isAllowed,
    shares: {
      open: (token, proof, request) => watchShare(deps, token, proof, request),
      ended: (ids) => endedShares(deps, ids),
      onEnd: deps.shares.onEnd,
    },
  })
  deps.actors.onLoss(() => void live.recheck())
  const { port } = await listen(server, env)
  // Pages come up while the API already answers.
  pages = createNextHandler({ dev, dir: projectRoot, host: env.host, port })
  pages.catch((error) => deps.report(error, { doing: 'pages' }))
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith(livePath)) return
    pages?.then(
      (next) => next.upgrade(request, socket, head) || socket.destroy(),
      () => socket.destroy(),
    )
  })
  const address = `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`
  deps.shares.reachedAt(env.publicUrl ?? address)
  return {
    address,
    close: async () => {
      live.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 3_000).unref()
      await closed
      await pages?.then((next) => next.close()).catch(() => {})
    },
  }
}

/** No page of ours belongs into a frame of somebody else, who could make people press its buttons unseen. */
const pageHeaders = {
  'content-security-policy': "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

export async function answerPage(
  pages: () => Promise<NextHandler> | null,
  isHostAllowed: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isHostAllowed) return refuse(response, 421, 'This name of the server is not known to it.')
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
  try {
    await (await pages())?.handle(request, response)
  } catch {
    if (!response.headersSent) refuse(response, 503, 'The pages are not available.')
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

function listen(server: Server, { host, port }: Env): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server.address() as AddressInfo))
  })
}
