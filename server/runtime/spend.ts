import type { ModelAnswer } from '@/engine/model/types'
import { addEstimate, checkBudget, type Estimate, withoutEstimate } from '@/engine/run/budget'
import type { Fact } from '@/engine/run/events'
import type { RuntimeDeps } from './deps'
import { type Drive, record } from './drive'
import { keepFlushing } from './flush'
import { sharesOf } from './share'

export const hasBudget = ({ state }: Drive): boolean => Object.keys(state.budget).length > 0

/** One step that costs nothing by itself. */
export const oneStep: Estimate = { tokens: 0, cost: 0, steps: 1 }

/** What a step that is no model call uses up. */
export const ofOneStep = { usage: { inputTokens: 0, outputTokens: 0, cost: 0, steps: 1 } }

export function ofModel({ usage, cost, model, simulated }: ModelAnswer) {
  const { inputTokens, outputTokens } = usage
  return { usage: { inputTokens, outputTokens, cost, steps: 1 }, model, simulated }
}

/**
 * Holds what a call may use at most, until it is known what it did use. Null: the run would break one of its limits and
 * has been paused.
 */
export function reserve(drive: Drive, deps: RuntimeDeps, path: string, wanted: Estimate): (() => void) | null {
  const { state, reserved } = drive
  const now = deps.clock.now()
  const seconds = (now - (state.startedAt ?? now)) / 1000
  const held = addEstimate(reserved, sharesOf(drive))
  const breach = checkBudget(state.budget, { usage: state.usage, reserved: held, seconds }, wanted)
  if (breach) {
    if (state.run.status === 'running') record(drive, pauseFacts(path, breach), now)
    keepFlushing(drive, deps)
    return null
  }
  drive.reserved = addEstimate(reserved, wanted)
  return () => {
    drive.reserved = withoutEstimate(drive.reserved, wanted)
  }
}

type Breach = NonNullable<ReturnType<typeof checkBudget>>

function pauseFacts(path: string, breach: Breach): Fact[] {
  if (breach.type === 'price_unknown') {
    const detail = 'The price of this model is unknown, and the run has a limit in money.'
    return [{ type: 'run.paused', reason: 'price_unknown', detail }]
  }
  const { type: _, ...hit } = breach
  const detail = `${hit.limit} of ${hit.max} would be exceeded.`
  return [
    { type: 'budget.hit', path, ...hit },
    { type: 'run.paused', reason: 'budget', detail },
  ]
}
