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

export type ModelDesk = RuntimeDeps['models'] & {
  /** Connections or aliases of this workspace are not what they were. */
  forget: (workspaceId: string) => void
}

/** How runs reach models: the workspace's connections, through a client that may reach their base URLs and no others. */
export function createModelDesk({ book, outbound, simulatedPace }: Desk): ModelDesk {
  const routes = createCache<{ resolve: Resolve; fetch: Fetch }>({ max: 1_000, ttlMs: 900, staleMs: 5_000 })
  const routesOf = (workspaceId: string) =>
    routes.get(workspaceId, async () => {
      const known = await book(workspaceId)
      const fetch = outbound.fetchTrusting(known.connections.map(({ baseUrl }) => baseUrl)) as Fetch
      return { resolve: makeResolve(known, (connection) => firstModel(connection, fetch)), fetch }
    })

  return {
    forget: routes.forget,
    call: async ({ workspaceId, request, signal, idempotencyKey, onDelta }) => {
      const { resolve, fetch } = await routesOf(workspaceId)
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
      const { resolve } = await routesOf(workspaceId)
      const target = await resolve(request.model)
      const inputTokens = estimateTokens(request)
      const outputTokens = request.maxOutputTokens ?? defaultOutputTokens
      const tokens = inputTokens + outputTokens
      if (target.kind === 'simulated') return { tokens, cost: 0, steps: 1 }
      return { tokens, cost: costOf(priceOf(target.connection, target.model), { inputTokens, outputTokens }), steps: 1 }
    },
  }
}
