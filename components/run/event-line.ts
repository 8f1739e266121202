import { assertNever } from '@/engine/json'
import type { By } from '@/engine/run/events'
import type { WireEvent } from '@/engine/run/wire'

const who = (by: By | undefined): string => (by === undefined ? '' : ` by ${by.name ?? by.type}`)

/** An event of the log as a sentence. */
export function eventLine(event: WireEvent): string {
  if (event.type.startsWith('run.')) return runLine(event as Extract<WireEvent, { type: `run.${string}` }>)
  if (event.type.startsWith('node.')) return nodeLine(event as Extract<WireEvent, { type: `node.${string}` }>)
  return otherLine(event as Exclude<WireEvent, { type: `run.${string}` | `node.${string}` }>)
}

function runLine(event: Extract<WireEvent, { type: `run.${string}` }>): string {
  switch (event.type) {
    case 'run.created':
      return event.forkedFrom ? 'Run created as a fork of another' : 'Run created'
    case 'run.started':
      return 'Run started'
    case 'run.paused':
      return `Run paused${who(event.by)}${event.reason === 'person' ? '' : ` (${event.reason.replaceAll('_', ' ')})`}`
    case 'run.resumed':
      return `Run resumed${who(event.by)}`
    case 'run.completed':
      return 'Run completed'
    case 'run.failed':
      return `Run failed: ${event.failure.message}`
    case 'run.cancelled':
      return `Run cancelled${who(event.by)}`
    default:
      return assertNever(event)
  }
}

function nodeLine(event: Extract<WireEvent, { type: `node.${string}` }>): string {
  const { path } = event
  switch (event.type) {
    case 'node.started':
      return event.attempt > 1 ? `${path} started, attempt ${event.attempt}` : `${path} started`
    case 'node.retrying':
      return `${path} will be tried again: ${event.failure.message}`
    case 'node.waiting':
      return `${path} waits (${event.waiting.reason.replaceAll('_', ' ')})`
    case 'node.resumed':
      return event.cause.type === 'decision'
        ? `${path} was ${event.cause.decision}${who(event.cause.by)}`
        : `${path} goes on`
    case 'node.completed':
      return event.pinned ? `${path} was not run: its output is pinned` : `${path} is done`
    case 'node.failed':
      return `${path} failed: ${event.failure.message}`
    case 'node.skipped':
      return `${path} was skipped`
    case 'node.cancelled':
      return `${path} was cancelled`
    default:
      return assertNever(event)
  }
}

function otherLine(event: Exclude<WireEvent, { type: `run.${string}` | `node.${string}` }>): string {
  switch (event.type) {
    case 'step.started':
      return `${event.path}: ${event.kind} step ${event.step} started`
    case 'step.completed':
      return `${event.path}: ${event.kind} step ${event.step} recorded`
    case 'step.failed':
      return `${event.path}: ${event.kind} step ${event.step} failed: ${event.failure.message}`
    case 'budget.hit':
      return `${event.path} would go over the budget: ${event.used} used, ${event.wanted} wanted, ${event.max} allowed (${event.limit})`
    case 'note':
      return event.path === undefined ? event.text : `${event.path}: ${event.text}`
    default:
      return assertNever(event)
  }
}
