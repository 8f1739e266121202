import { createCache } from '@/server/cache'
import { callModel } from '@/server/models/call-model'
import { type ConnectionBook, makeResolve } from '@/server/models/connections'
import { estimateTokens } from '@/server/models/estimate-tokens'
import { firstModel } from '@/server/models/openai/list-models'
import { costOf, priceOf } from '@/server/models/price'
import type { Fetch, Resolve } from '@/server/models/types'
import type { Outbound } from '@/server/outbound/outbound'
import type { RuntimeDeps } from '@/server/runtime/deps'

/** What a model writes at most unless the agent says otherwise; reserved from the budget before the call. */
const defaultOutputTokens = 4_096

type Desk = {
  book: (workspaceId: string) => Promise<ConnectionBook>
  outbound: Outbound
  /** 1 is the pace a reader sees, 0 answers at once. */
  simulatedPace: number
}

/** How runs reach models: the workspace's connections, each through a client that may reach its base URL and no other. */
export function createModelDesk({ book, outbound, simulatedPace }: Desk): RuntimeDeps['models'] {
  const fetches = new Map<string, Fetch>()
  const fetchFor = (baseUrl: string): Fetch => {
    const known = fetches.get(baseUrl)
    if (known) return known
    const made = outbound.fetchTrusting([baseUrl]) as Fetch
    fetches.set(baseUrl, made)
    return made
  }
  const resolvers = createCache<Resolve>({ max: 1_000, ttlMs: 900 })
  const resolverOf = (workspaceId: string) =>
    resolvers.get(workspaceId, async () =>
      makeResolve(await book(workspaceId), (connection) => firstModel(connection, fetchFor(connection.baseUrl))),
    )

  return {
    call: async ({ workspaceId, request, signal, idempotencyKey, onDelta }) => {
      const resolve = await resolverOf(workspaceId)
      const target = await resolve(request.model)
      const fetch = target.kind === 'endpoint' ? fetchFor(target.connection.baseUrl) : (outbound.fetch as Fetch)
      return callModel(request, {
        resolve,
        fetch,
        signal,
        idempotencyKey,
        simulatedPace,
        ...(onDelta ? { onDelta } : {}),
      })
    },
    estimate: async (workspaceId, request) => {
      const target = await (await resolverOf(workspaceId))(request.model)
      const inputTokens = estimateTokens(request)
      const outputTokens = request.maxOutputTokens ?? defaultOutputTokens
      const tokens = inputTokens + outputTokens
      if (target.kind === 'simulated') return { tokens, cost: 0, steps: 1 }
      return { tokens, cost: costOf(priceOf(target.connection, target.model), { inputTokens, outputTokens }), steps: 1 }
    },
  }
}
