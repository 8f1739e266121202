import { isAway } from '@/server/db/is-away'
import type { Prisma } from '@/server/db/prisma'
import type { Limits } from '@/server/limits/limits'
import type { Fetch } from '@/server/models/types'
import type { Actor, MemberRole } from '@/server/people/actor'
import type { ActorCache } from '@/server/people/actor-cache'
import { atLeast } from '@/server/people/role'
import { type Outcome, type Refusal, refuse } from '@/server/refusal'
import type { Runtime } from '@/server/runtime/types'
import type { Sealer } from '@/server/secrets/seal'
import type { ShareDesk } from '@/server/shares/share-desk'
import type { PlanCache } from '@/server/workflows/plan-cache'

/** What use cases work with. Made once at boot. */
export type Deps = {
  db: Prisma
  runtime: Runtime
  sealer: Sealer
  actors: ActorCache
  plans: PlanCache
  limits: Limits
  shares: ShareDesk
  /** Connections or aliases of a workspace have changed: the next call looks again. */
  forgetModels: (workspaceId: string) => void
  /** Reaches a model endpoint that is being tried out, and nothing else. */
  reachOnce: (baseUrl: string) => { send: Fetch; close: () => Promise<void> }
  openai: { apiKey: string | null; baseUrl: string | null; model: string | null }
  /** An error that nobody expected; the text stays on the server. */
  report: (error: unknown, about: { [key: string]: string }) => void
}

export type UseCase<I, O> = (deps: Deps, actor: Actor, input: I) => Promise<Outcome<O>>

/** The role gate: every use case passes through it, whichever way it is called. */
export const forRole =
  <I, O>(role: MemberRole, run: UseCase<I, O>): UseCase<I, O> =>
  async (deps, actor, input) =>
    atLeast(actor.role, role)
      ? run(deps, actor, input)
      : refuse('forbidden', `This needs the role ${role} or above; yours is ${actor.role}.`)

/** What an exception means for the one who asked, or null when nobody expected it. */
export const refusalOf = (error: unknown): Refusal | null =>
  isAway(error)
    ? refuse('unavailable', 'The database is not reachable at the moment; try again.', {
        extra: { retryAfterSeconds: 1 },
      })
    : null
