import { assertNever } from '../json'
import type { RunEvent } from '../run/events'
import { blankEvent } from './blank-event'
import { budgetOf, byOf, type EventRules, type Head, openPaths, see, type Unnumbered } from './event-rules'
import { projectFailure } from './project-failure'
import { type NodeEvent, projectNodeEvent } from './project-node'
import { projectStep, type StepEvent } from './project-step'
import { projectOutput } from './project-value'
import { withheld } from './projection'

/** What of an event passes, field by field; null when nothing of it is to be seen. */
export function projectEvent(rules: EventRules, event: RunEvent): Unnumbered | null {
  const { options, paths, time } = rules
  const at = time(event.at)
  const head = { at, ...(event.inherited && { inherited: true as const }) }
  if (event.type.startsWith('run.')) return projectRunEvent(rules, event as RunLevel, head)
  if (event.type === 'budget.hit') return options.include.costs ? projectBudget(rules, event, head) : null
  if (event.type === 'note') return projectNote(rules, event, head)
  const inPath = event as Exclude<RunEvent, RunLevel | { type: 'note' } | { type: 'budget.hit' }>
  const place = paths(inPath.path)
  if (place.is === 'inside') return null
  if (place.is === 'blank') return blankEvent(inPath, place.path, head)
  if (inPath.type === 'step.started' || inPath.type === 'step.completed' || inPath.type === 'step.failed') {
    return projectStep(rules, inPath satisfies StepEvent, { head, place })
  }
  return projectNodeEvent(rules, inPath as NodeEvent, { head, place })
}

type RunLevel = Extract<RunEvent, { type: `run.${string}` }>

function projectRunEvent(rules: EventRules, event: RunLevel, head: Head): Unnumbered {
  const { include } = rules.options
  const { text } = rules.values
  const by = 'by' in event && event.by ? { by: byOf(rules, event.by) } : {}
  switch (event.type) {
    case 'run.created': {
      const input = include.input ? see(rules, event.input, 'whole', (value) => value) : withheld
      const budget = include.costs && event.budget ? { budget: budgetOf(event.budget) } : {}
      return { ...head, type: 'run.created', v: 1, input, trigger: 'manual', ...budget }
    }
    case 'run.started':
      return { ...head, type: 'run.started' }
    case 'run.paused': {
      const detail = include.costs && event.detail !== undefined ? { detail: text(event.detail) } : {}
      return { ...head, type: 'run.paused', reason: event.reason, ...by, ...detail }
    }
    case 'run.resumed': {
      const budget = include.costs && event.budget ? { budget: budgetOf(event.budget) } : {}
      const restart = event.restart ? { restart: openPaths(rules, event.restart) } : {}
      return { ...head, type: 'run.resumed', ...by, ...budget, ...restart }
    }
    case 'run.completed':
      return {
        ...head,
        type: 'run.completed',
        output: see(rules, event.output, 'output of output', (value) => projectOutput('output', value, rules)),
      }
    case 'run.failed': {
      const place = event.path === undefined ? null : rules.paths(event.path)
      const failure =
        place === null || place.is === 'open'
          ? projectFailure(event.failure, include, text)
          : { code: event.failure.code, message: 'A hidden step failed.' }
      return { ...head, type: 'run.failed', failure, ...(place && { path: place.path }) }
    }
    case 'run.cancelled': {
      const reason = include.outputs && event.reason !== undefined ? { reason: text(event.reason) } : {}
      return { ...head, type: 'run.cancelled', ...by, ...reason }
    }
    default:
      return assertNever(event)
  }
}

function projectBudget(
  rules: EventRules,
  event: Extract<RunEvent, { type: 'budget.hit' }>,
  head: Head,
): Unnumbered | null {
  const { path, is } = rules.paths(event.path)
  if (is !== 'open') return null
  const { limit, used, wanted, max } = event
  return { ...head, type: 'budget.hit', limit, path, used, wanted, max }
}

/** What code prints: part of what it answers. */
function projectNote(rules: EventRules, event: Extract<RunEvent, { type: 'note' }>, head: Head): Unnumbered | null {
  const { outputs, timeline } = rules.options.include
  const place = event.path === undefined ? null : rules.paths(event.path)
  if (!outputs || !timeline || (place && place.is !== 'open')) return null
  return { ...head, type: 'note', text: rules.values.text(event.text), ...(place && { path: place.path }) }
}
