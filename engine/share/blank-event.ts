import { assertNever } from '../json'
import type { PathKey } from '../path'
import type { RunEvent } from '../run/events'
import type { Head, Unnumbered } from './event-rules'
import { blankFailure } from './project-failure'
import { withheld } from './projection'

type InPath = Extract<RunEvent, { type: `node.${string}` | `step.${string}` }>

/** That something hidden began and ended is shown, and nothing else of it. */
export function blankEvent(event: InPath, path: PathKey, head: Head): Unnumbered | null {
  switch (event.type) {
    case 'node.started':
      return { ...head, type: 'node.started', path, attempt: event.attempt }
    case 'node.retrying':
      return { ...head, type: 'node.retrying', path, attempt: event.attempt, failure: blankFailure, retryAt: head.at }
    case 'node.waiting': {
      const { attempt, wait } = event
      return { ...head, type: 'node.waiting', path, attempt, wait, waiting: { reason: 'child', runId: '' } }
    }
    case 'node.resumed':
      return { ...head, type: 'node.resumed', path, cause: { type: 'timer' } }
    case 'node.completed':
      return { ...head, type: 'node.completed', path, attempt: event.attempt, output: withheld, ports: ['out'] }
    case 'node.failed': {
      const handled = event.handled ? { handled: { port: 'out', output: withheld } } : {}
      return { ...head, type: 'node.failed', path, attempt: event.attempt, failure: blankFailure, ...handled }
    }
    case 'node.skipped':
      return { ...head, type: 'node.skipped', path }
    case 'node.cancelled':
      return { ...head, type: 'node.cancelled', path }
    case 'step.started':
    case 'step.completed':
    case 'step.failed':
      return null
    default:
      return assertNever(event)
  }
}
