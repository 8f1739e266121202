import type { Ref } from '../payload'
import type { Opening, RunEvent } from '../run/events'
import type { WireRef } from '../run/wire'
import type { Usage } from '../usage'
import { type At, type EventRules, see, type Unnumbered } from './event-rules'
import { projectFailure, tellsFailure } from './project-failure'
import { projectAnswer, projectOpening, projectRequest } from './project-value'
import { withheld } from './projection'
import type { ShownPath } from './shown-paths'

export type StepEvent = Extract<RunEvent, { type: `step.${string}` }>
type Completed = Extract<StepEvent, { type: 'step.completed' }>

/** Steps are the timeline. Without it only those are shown that say what a box has opened. */
export function projectStep(rules: EventRules, event: StepEvent, at: At): Unnumbered | null {
  const { include } = rules.options
  const { head, place } = at
  const { path } = place
  const { step, kind } = event
  if (!include.timeline && !(event.type === 'step.completed' && event.opening)) return null
  if (event.type === 'step.started') return { ...head, type: 'step.started', path, step, kind, idempotencyKey: '' }
  if (event.type === 'step.completed') return projectCompleted(rules, event, at)
  const failure = projectFailure(event.failure, include, rules.values.text)
  return { ...head, type: 'step.failed', path, step, kind, failure, startedAt: rules.time(event.startedAt) }
}

function projectCompleted(rules: EventRules, event: Completed, { head, place }: At): Unnumbered {
  const { include } = rules.options
  const { step, kind, usage, model, tool, simulated, request, opening } = event
  const asked = request && see(rules, request, `request ${kind}`, (value) => projectRequest(kind, value, rules))
  return {
    ...head,
    type: 'step.completed',
    path: place.path,
    step,
    kind,
    result: resultOf(rules, event, place),
    startedAt: rules.time(event.startedAt),
    ...(include.costs && usage && { usage: usageOf(usage) }),
    ...(include.costs && model !== undefined && { model }),
    ...(tool !== undefined && { tool: rules.values.text(tool) }),
    ...(simulated !== undefined && { simulated }),
    ...(asked && { request: asked }),
    ...(opening && { opening: openingOf(rules, opening) }),
  }
}

const usageOf = ({ inputTokens, outputTokens, cost, steps }: Usage): Usage => ({
  inputTokens,
  outputTokens,
  cost,
  steps,
})

function resultOf(rules: EventRules, { kind, step, result }: Completed, { id }: ShownPath): WireRef {
  const { outputs } = rules.options.include
  const whole = (ref: Ref) => (outputs ? see(rules, ref, 'whole', (value) => value) : withheld)
  switch (kind) {
    case 'model':
      return see(rules, result, 'answer', (value) => projectAnswer(value, rules))
    case 'open':
      return see(rules, result, `opening of ${id}`, (value) => projectOpening(value, id, rules))
    case 'tool':
    case 'code':
      return whole(result)
    case 'http':
      return outputs
        ? see(rules, result, 'http', (value) => {
            const { status = null, body = null } = value as { status?: number; body?: string }
            return { status, body }
          })
        : withheld
    case 'value':
      // A tool's error, in the same words as the failure of its step.
      return step.endsWith('.error') && tellsFailure('tool_failed', rules.options.include) ? whole(result) : withheld
    case 'child':
      return withheld
  }
}

function openingOf({ shownId }: EventRules, opening: Opening): Opening {
  if (opening.type === 'items') return { type: 'items', count: opening.count, concurrency: opening.concurrency }
  if (opening.type === 'iteration') return { type: 'iteration', index: opening.index }
  return {
    type: 'turns',
    turns: opening.turns.map(({ member, turn }) => ({ member: shownId(member) ?? 'hidden', turn })),
  }
}
