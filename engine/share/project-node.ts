import { assertNever } from '../json'
import type { Ref } from '../payload'
import type { Decision, ResumeCause, RunEvent } from '../run/events'
import type { WireEvent } from '../run/wire'
import { type At, byOf, type EventRules, openPaths, see, type Unnumbered } from './event-rules'
import type { ShareInclude } from './options'
import { projectFailure } from './project-failure'
import { projectDetail, projectOutput } from './project-value'
import { withheld } from './projection'

export type NodeEvent = Extract<RunEvent, { type: `node.${string}` }>

export function projectNodeEvent(rules: EventRules, event: NodeEvent, { head, place }: At): Unnumbered {
  const { include } = rules.options
  const { path, kind } = place
  const { text } = rules.values
  const output = (ref: Ref) => see(rules, ref, `output of ${kind}`, (value) => projectOutput(kind, value, rules))
  switch (event.type) {
    case 'node.started': {
      const restart = event.restart ? { restart: openPaths(rules, event.restart) } : {}
      return { ...head, type: 'node.started', path, attempt: event.attempt, ...restart }
    }
    case 'node.retrying': {
      const failure = projectFailure(event.failure, include, text)
      return {
        ...head,
        type: 'node.retrying',
        path,
        attempt: event.attempt,
        failure,
        retryAt: rules.time(event.retryAt),
      }
    }
    case 'node.waiting': {
      const { attempt, wait } = event
      return { ...head, type: 'node.waiting', path, attempt, wait, waiting: waitingOf(rules, event.waiting) }
    }
    case 'node.resumed':
      return { ...head, type: 'node.resumed', path, cause: causeOf(rules, event.cause) }
    case 'node.completed': {
      const { attempt, ports, detail } = event
      const seen = detail && see(rules, detail, `detail of ${kind}`, (value) => projectDetail(kind, value, rules))
      return {
        ...head,
        type: 'node.completed',
        path,
        attempt,
        output: output(event.output),
        ports: [...ports],
        ...(seen && { detail: seen }),
      }
    }
    case 'node.failed': {
      const { attempt, handled } = event
      const failure = projectFailure(event.failure, include, text)
      const said = { error: { code: failure.code, message: failure.message } }
      const seen = handled && {
        port: handled.port,
        output: see(rules, handled.output, 'failure', () => (include.outputs ? said : null)),
      }
      return { ...head, type: 'node.failed', path, attempt, failure, ...(seen && { handled: seen }) }
    }
    case 'node.skipped':
      return { ...head, type: 'node.skipped', path }
    case 'node.cancelled':
      return { ...head, type: 'node.cancelled', path }
    default:
      return assertNever(event)
  }
}

type WireWaiting = Extract<WireEvent, { type: 'node.waiting' }>['waiting']

/** Its words are those of the settings, and whatever the run knows may stand in them. */
const tellsQuestion = ({ prompts, input, outputs }: ShareInclude): boolean => prompts && input && outputs

function waitingOf(rules: EventRules, waiting: Extract<NodeEvent, { type: 'node.waiting' }>['waiting']): WireWaiting {
  const { include } = rules.options
  const { text } = rules.values
  switch (waiting.reason) {
    case 'approval': {
      const { title, message, deadline, onTimeout } = waiting
      const isTold = tellsQuestion(include)
      const shown = isTold ? see(rules, message, 'whole', (value) => value) : withheld
      const until = deadline === undefined ? {} : { deadline: rules.time(deadline) }
      return {
        reason: 'approval',
        title: isTold ? text(title) : 'Waits for a decision',
        message: shown,
        fields: [],
        onTimeout,
        ...until,
      }
    }
    case 'tool_approval': {
      const { step, tool, arguments: args } = waiting
      const shown = include.toolArguments ? see(rules, args, 'whole', (value) => value) : withheld
      return { reason: 'tool_approval', step, tool: text(tool), arguments: shown }
    }
    case 'doubt':
      return { reason: 'doubt', step: waiting.step }
    case 'timer':
      return { reason: 'timer', until: rules.time(waiting.until) }
    case 'child':
      return { reason: 'child', runId: '' }
    default:
      return assertNever(waiting)
  }
}

function causeOf(rules: EventRules, cause: ResumeCause): ResumeCause {
  switch (cause.type) {
    case 'decision':
      return { type: 'decision', ...(cause.step !== undefined && { step: cause.step }), ...decisionOf(rules, cause) }
    case 'timer':
      return { type: 'timer' }
    case 'child':
      return { type: 'child', status: cause.status }
    case 'takeover':
      return { type: 'takeover', died: cause.died }
    default:
      return assertNever(cause)
  }
}

function decisionOf(rules: EventRules, { decision, comment, by, fields }: Decision): Decision {
  const { outputs } = rules.options.include
  return {
    decision,
    by: byOf(rules, by),
    ...(outputs && comment !== undefined && { comment: rules.values.text(comment) }),
    ...(outputs && fields && { fields: rules.values.mask().value(fields) as NonNullable<Decision['fields']> }),
  }
}
