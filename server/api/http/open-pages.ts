import type { IncomingMessage, ServerResponse } from 'node:http'
import { graphJsonSchema } from '@/engine/graph/json-schema'
import { specs } from '@/nodes/registry/specs'
import { type Reply, send } from '@/server/api/http/answer'
import { EdgeError } from '@/server/api/http/problem'
import type { Metrics } from '@/server/api/metrics'
import { openApi } from '@/server/api/openapi'
import { allRoutes } from '@/server/api/routes/all-routes'
import { resolveActor } from '@/server/people/resolve-actor'
import type { Deps } from '@/server/use-case'

export type OpenPage = (deps: Deps, exchange: { request: IncomingMessage; response: ServerResponse }) => Promise<void>

/** What is answered without a key. `hostFree` ones are asked by load balancers, which name no host of ours. */
export function openPages(
  metrics: Metrics,
  version: string,
): ReadonlyMap<string, { answer: OpenPage; hostFree: boolean }> {
  const once = (make: () => unknown): OpenPage => {
    let reply: Reply | null = null
    return async (_, { response }) => {
      reply ??= { status: 200, type: 'application/json; charset=utf-8', content: JSON.stringify(make()) }
      send(response, reply)
    }
  }
  const health = {
    answer: (async (_, { response }) => send(response, { status: 200, body: { status: 'ok' } })) satisfies OpenPage,
    hostFree: true,
  }
  const ready = { answer: answerReady, hostFree: true }
  const numbers = { answer: answerMetrics(metrics), hostFree: false }
  return new Map([
    ['/api/v1/health', health],
    ['/api/v1/ready', ready],
    ['/api/v1/metrics', numbers],
    // Where probes and scrapers look when nobody tells them otherwise.
    ['/health', health],
    ['/ready', ready],
    ['/metrics', numbers],
    ['/api/v1/openapi.json', { answer: once(() => openApi(allRoutes, version)), hostFree: false }],
    ['/schema/graph.v1.json', { answer: once(() => graphJsonSchema(specs)), hostFree: false }],
  ])
}

const answerReady: OpenPage = async ({ runtime }, { response }) => {
  const { database, queue } = await runtime.ready()
  const isReady = database && queue
  send(response, { status: isReady ? 200 : 503, body: { status: isReady ? 'ready' : 'not_ready', database, queue } })
}

const answerMetrics =
  ({ registry }: Metrics): OpenPage =>
  async (deps, { request, response }) => {
    if (!isLocal(request) && !(await resolveActor(deps, { authorization: request.headers.authorization }))) {
      throw new EdgeError('unauthorized', 'Metrics are for this machine or for an API key.')
    }
    send(response, { status: 200, type: registry.contentType, content: await registry.metrics() })
  }

/** A proxy on this machine also connects from here, but says for whom. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  return /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
}
