import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createGuard } from '@/server/api/http/guard'
import { createApi } from '@/server/api/http/handler'
import { countInbox } from '@/server/approvals/count-inbox'
import type { Env } from '@/server/env'
import { offerInProcess } from '@/server/in-process'
import { attachLive } from '@/server/live/attach'
import { livePath } from '@/server/live/protocol'
import { createNextHandler, type NextHandler } from '@/server/next-app'
import { refuse } from '@/server/pages/answer-page'
import { answerAnyPage } from '@/server/pages/answer-share-page'
import { listPageFiles } from '@/server/pages/page-files'
import { resolveActor } from '@/server/people/resolve-actor'
import { projectRoot } from '@/server/project-root'
import { canSeeRun } from '@/server/runs/can-see-run'
import { readEvents } from '@/server/runs/read-events'
import { recentRuns } from '@/server/runs/recent-runs'
import { endedShares } from '@/server/shares/find-share'
import { sharedHead } from '@/server/shares/shared-head'
import { watchShare } from '@/server/shares/watch-share'
import type { Deps } from '@/server/use-case'
import { openDraft } from '@/server/workflows/open-draft'

export type Web = { address: string; close: () => Promise<void> }

/** REST, tRPC, sockets and pages on one port. The API is answered before Next sees the request. */
export async function openWeb(deps: Deps, env: Env, version: string): Promise<Web> {
  const guard = createGuard({ host: env.host, allowNetwork: env.allowNetwork, publicUrl: env.publicUrl })
  const api = createApi(deps, { guard, version })
  const dev = process.env.NODE_ENV === 'development'
  let next: Promise<NextHandler> | null = null
  const files = dev ? null : listPageFiles(path.join(projectRoot, '.next/static'))
  const pages = { next: () => next, dev, files, framersOf: async () => [] }
  const server = createServer((request, response) => {
    if (api(request, response)) return
    if (!guard.isHostAllowed(request.headers))
      return refuse(response, 421, 'This name of the server is not known to it.')
    void answerAnyPage(deps, pages, request, response)
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
  next = createNextHandler({ dev, dir: projectRoot, host: env.host, port })
  next.catch((error) => deps.report(error, { doing: 'pages' }))
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith(livePath)) return
    next?.then(
      (handler) => handler.upgrade(request, socket, head) || socket.destroy(),
      () => socket.destroy(),
    )
  })
  const address = `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`
  deps.shares.reachedAt(env.publicUrl ?? address)
  offerInProcess({
    origin: deps.shares.origin(),
    sharedHead: (token) => sharedHead(deps, token),
    openDraft: (asker, id) => openDraft(deps, asker, id),
  })
  return {
    address,
    close: async () => {
      live.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 3_000).unref()
      await closed
      await next?.then((handler) => handler.close()).catch(() => {})
    },
  }
}

function listen(server: Server, { host, port }: Env): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server.address() as AddressInfo))
  })
}
