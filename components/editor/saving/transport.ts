import type { createTRPCClient } from '@trpc/client'
import { z } from 'zod'
import { problemOf, worthRetrying } from '@/components/api/problem'
import { Pinned } from '@/components/editor/saving/kept-drafts'
import type { Base } from '@/components/editor/store/types'
import { Graph } from '@/engine/graph/schema'
import type { AppRouter } from '@/server/api/trpc/router'

export type SaveAnswer =
  | { type: 'saved'; revision: number }
  /** Somebody saved meanwhile; this is what they saved. */
  | { type: 'conflict'; theirs: Base }
  /** Nobody knows whether it arrived. */
  | { type: 'unreachable' }
  | { type: 'refused'; why: string }

/** The way of a draft to the server. */
export type Transport = {
  save: (draft: Base) => Promise<SaveAnswer>
  load: () => Promise<Base | null>
  /** A workflow of its own from a graph; answers its id, or null when that failed. */
  copy: (graph: Graph) => Promise<string | null>
}

type Client = ReturnType<typeof createTRPCClient<AppRouter>>

const Stale = z.object({
  data: z.object({
    problem: z.object({ code: z.literal('stale_revision'), revision: z.number(), graph: Graph, pins: Pinned }),
  }),
})

/** A dead network may leave a request without any answer for minutes. */
const answerMs = 15_000
const soon = () => ({ signal: AbortSignal.timeout(answerMs) })

export const trpcTransport = (client: Client, id: string): Transport => ({
  save: ({ revision, graph, pins }) =>
    client.workflows.save.mutate({ id, graph, pins, revision }, soon()).then(
      (saved): SaveAnswer => ({ type: 'saved', revision: saved.revision }),
      (error: unknown): SaveAnswer => {
        const stale = Stale.safeParse(error)
        if (stale.success) {
          const { revision: current, graph: theirs, pins: pinned } = stale.data.data.problem
          return { type: 'conflict', theirs: { revision: current, graph: theirs, pins: pinned } }
        }
        return worthRetrying(error) ? { type: 'unreachable' } : { type: 'refused', why: whyOf(error) }
      },
    ),
  load: () =>
    client.workflows.get.query({ id }, soon()).then(
      ({ revision, graph, pins }) => ({ revision, graph: Graph.parse(graph), pins: Pinned.parse(pins) }),
      () => null,
    ),
  copy: (graph) =>
    client.workflows.create.mutate({ graph }, soon()).then(
      ({ id: made }) => made,
      () => null,
    ),
})

function whyOf(error: unknown): string {
  const { detail, problems } = problemOf(error)
  return problems[0]?.message ?? detail
}
