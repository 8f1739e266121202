import { assertNever } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import type { By, StepKind } from '@/engine/run/events'
import type { WireEvent } from '@/engine/run/wire'

const who = (by: By | undefined): string => (by === undefined ? '' : ` by ${by.name ?? by.type}`)

/** What a path is called where the graph is known; else it stands for itself. */
export type NameOf = (path: PathKey) => string

const itself: NameOf = (path) => path

/** An event of the log as a sentence. */
export function eventLine(event: WireEvent, nameOf: NameOf = itself): string {
  if (event.type.startsWith('run.')) return runLine(event as Extract<WireEvent, { type: `run.${string}` }>)
  if (event.type.startsWith('node.')) return nodeLine(event as Extract<WireEvent, { type: `node.${string}` }>, nameOf)
  return otherLine(event as Exclude<WireEvent, { type: `run.${string}` | `node.${string}` }>, nameOf)
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

function nodeLine(event: Extract<WireEvent, { type: `node.${string}` }>, nameOf: NameOf): string {
  const name = nameOf(event.path)
  switch (event.type) {
    case 'node.started':
      return event.attempt > 1 ? `${name} started, attempt ${event.attempt}` : `${name} started`
    case 'node.retrying':
      return `${name} will be tried again: ${event.failure.message}`
    case 'node.waiting':
      return `${name} waits (${event.waiting.reason.replaceAll('_', ' ')})`
    case 'node.resumed':
      return event.cause.type === 'decision'
        ? `${name} was ${event.cause.decision}${who(event.cause.by)}`
        : `${name} goes on`
    case 'node.completed':
      return event.pinned ? `${name} was not run: its output is pinned` : `${name} is done`
    case 'node.failed':
      return `${name} failed: ${event.failure.message}`
    case 'node.skipped':
      return `${name} was skipped`
    case 'node.cancelled':
      return `${name} was cancelled`
    default:
      return assertNever(event)
  }
}

const stepWords: { readonly [kind in StepKind]: { begun: string; done: string; failed: string } } = {
  model: { begun: 'the model is asked', done: 'the model answered', failed: 'the model gave no answer' },
  tool: { begun: 'a tool is used', done: 'a tool answered', failed: 'a tool failed' },
  http: { begun: 'the request is sent', done: 'the request was answered', failed: 'the request failed' },
  code: { begun: 'the code begins', done: 'the code ran', failed: 'the code failed' },
  open: { begun: 'it opens', done: 'it goes to work on what is inside', failed: 'it could not begin' },
  child: { begun: 'another run is started', done: 'another run was started', failed: 'the other run failed' },
  value: { begun: 'a value is worked out', done: 'a value was noted', failed: 'a value could not be worked out' },
}

function otherLine(event: Exclude<WireEvent, { type: `run.${string}` | `node.${string}` }>, nameOf: NameOf): string {
  const name = event.path === undefined ? '' : nameOf(event.path)
  switch (event.type) {
    case 'step.started':
      return `${name}: ${stepWords[event.kind].begun}`
    case 'step.completed':
      return `${name}: ${doneWords(event, nameOf)}`
    case 'step.failed':
      return `${name}: ${stepWords[event.kind].failed}: ${event.failure.message}`
    case 'budget.hit':
      return `${name} would go over the budget: ${event.used} used, ${event.wanted} wanted, ${event.max} allowed (${event.limit})`
    case 'note':
      return name === '' ? event.text : `${name}: ${event.text}`
    default:
      return assertNever(event)
  }
}

function doneWords(event: Extract<WireEvent, { type: 'step.completed' }>, nameOf: NameOf): string {
  const { kind, tool, opening, path } = event
  if (opening?.type === 'items')
    return opening.count === 1 ? 'one item to work on' : `${opening.count} items to work on`
  if (opening?.type === 'iteration') return `iteration ${opening.index + 1} begins`
  if (opening?.type === 'turns') {
    const next = opening.turns.map(({ member, turn }) => nameOf(`${path}/${member}#${turn}`))
    return next.length === 0 ? 'nobody is next' : `next ${next.length === 1 ? 'is' : 'are'} ${next.join(', ')}`
  }
  return kind === 'tool' && tool !== undefined ? `the tool ${tool} answered` : stepWords[kind].done
}
