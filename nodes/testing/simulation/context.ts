import type { StepTools } from '@/engine/kind/run'
import type { Plan } from '@/engine/plan/plan'
import { type Entering, type SeenRun, boxContext as seenByBox, nodeContext as seenByNode } from '@/engine/run/context'
import type { Instance } from '@/engine/run/schedule'
import type { RunState } from '@/engine/run/state'
import { type Values, valueAt } from './values'

export type Held = { state: RunState; values: Values; world: { plan: Plan } }

type Attempt = { instance: Instance; attempt: number }

/** The very code that the worker uses: what is simulated is the scheduler and the world, not what nodes see. */
export const nodeContext = (held: Held, attempt: Attempt) => seenByNode(seenRun(held), entering(attempt))
export const boxContext = (held: Held, attempt: Attempt) => seenByBox(seenRun(held), entering(attempt))

export const seenRun = ({ state, values, world: { plan } }: Held): SeenRun => ({
  runId: 'run',
  roles: plan.roles,
  state,
  valueOf: (ref) => valueAt(values, ref),
})

/** Nothing simulated takes steps this way: agents record their own, and everything else has none. */
const noSteps = new Proxy({} as StepTools, {
  get: () => {
    throw new Error('a simulated node takes no such steps')
  },
})

const entering = ({ instance, attempt }: Attempt): Entering => ({
  instance,
  attempt,
  signal: new AbortController().signal,
  steps: noSteps,
  say: () => {},
})
