import { assertNever } from '../json'
import type { PathKey } from '../path'
import { addUsage, noUsage } from '../usage'
import type { RunEvent } from './events'
import type { NodeState, RunState, StepState } from './state'

export const newRun = (): RunState => ({
  seq: 0,
  run: { status: 'queued' },
  input: null,
  budget: {},
  createdAt: 0,
  startedAt: null,
  usage: noUsage,
  simulated: false,
  nodes: new Map(),
  steps: new Map(),
  openings: new Map(),
  waits: new Map(),
})

/** Folds one event in place: for whoever owns the state alone (the driver). Node and step states are never changed, only replaced. */
export function reduce(state: RunState, event: RunEvent): RunState {
  if (event.seq <= state.seq) return state // somebody who reconnects is sent some events twice
  if (event.seq > state.seq + 1) throw new Error(`gap in the run log: had ${state.seq}, got ${event.seq}`)
  state.seq = event.seq
  applyFact(state, event)
  return state
}

/** Folds events into a copy: for screens, which compare old and new and may keep many moments of a run. */
export function foldEvents(state: RunState, events: readonly RunEvent[]): RunState {
  const copy: RunState = {
    ...state,
    nodes: new Map(state.nodes),
    steps: new Map(state.steps),
    openings: new Map(state.openings),
    waits: new Map(state.waits),
  }
  const touched = new Set<PathKey>()
  for (const event of events) {
    if ('step' in event && !touched.has(event.path)) {
      const steps = copy.steps.get(event.path)
      if (steps) copy.steps.set(event.path, new Map(steps))
      touched.add(event.path)
    }
    reduce(copy, event)
  }
  return copy
}

export const replay = (events: Iterable<RunEvent>): RunState => {
  const state = newRun()
  for (const event of events) reduce(state, event)
  return state
}

function applyFact(state: RunState, event: RunEvent): void {
  switch (event.type) {
    case 'run.created':
      state.createdAt = event.at
      state.input = event.input
      if (event.budget) state.budget = event.budget
      if (event.parent) state.parent = event.parent
      if (event.pins) state.pins = event.pins
      if (event.forkedFrom) state.forkedFrom = event.forkedFrom.runId
      return
    case 'run.started':
      state.run = { status: 'running' }
      state.startedAt = event.at
      return
    case 'run.paused': {
      const { reason, detail, by } = event
      state.run = { status: 'paused', reason, ...(detail === undefined ? {} : { detail }), ...(by ? { by } : {}) }
      return
    }
    case 'run.resumed':
      state.run = { status: 'running' }
      state.budget = { ...state.budget, ...event.budget }
      for (const path of event.restart ?? []) restart(state, path, event.at)
      return
    case 'run.completed':
      state.run = { status: 'completed', output: event.output, finishedAt: event.at }
      return
    case 'run.failed': {
      const { failure, path } = event
      state.run = { status: 'failed', failure, finishedAt: event.at, ...(path === undefined ? {} : { path }) }
      return
    }
    case 'run.cancelled': {
      const { by, reason } = event
      state.run = {
        status: 'cancelled',
        finishedAt: event.at,
        ...(by ? { by } : {}),
        ...(reason === undefined ? {} : { reason }),
      }
      return
    }
    case 'step.started':
    case 'step.completed':
    case 'step.failed':
      applyStep(state, event)
      return
    case 'budget.hit':
    case 'note':
      return
    default:
      if (event.type === 'node.started') for (const path of event.restart ?? []) restart(state, path, event.at)
      if (event.type === 'node.waiting') state.waits.set(event.path, event.wait)
      state.nodes.set(event.path, nodeAfter(state.nodes.get(event.path), event))
  }
}

/** What failed is tried again at once and goes on behind its recorded steps; a box goes on with what it has opened. */
function restart(state: RunState, path: PathKey, at: number): void {
  const node = state.nodes.get(path)
  const failed = node?.status === 'failed' ? node : null
  const attempt = failed?.attempt ?? 1
  if (state.openings.has(path)) {
    const trying = { attempt, first: attempt, startedAt: failed?.startedAt ?? at }
    state.nodes.set(path, { ...trying, status: 'running', deaths: 0 })
    return
  }
  if (!failed) {
    state.nodes.delete(path)
    return
  }
  const { startedAt, failure } = failed
  state.nodes.set(path, { attempt, first: attempt + 1, startedAt, status: 'retrying', failure, retryAt: at })
}

type NodeEvent = Extract<RunEvent, { type: `node.${string}` }>

function nodeAfter(before: NodeState | undefined, event: NodeEvent): NodeState {
  const started = before && 'startedAt' in before ? before.startedAt : event.at
  const trying = isTrying(before) ? before : { attempt: 1, first: event.type === 'node.started' ? event.attempt : 1 }
  const { first } = trying
  switch (event.type) {
    case 'node.started':
      return { status: 'running', attempt: event.attempt, first, startedAt: event.at, deaths: 0 }
    case 'node.retrying': {
      const { attempt, failure, retryAt } = event
      return { status: 'retrying', attempt, first, startedAt: started, failure, retryAt }
    }
    case 'node.waiting': {
      const { attempt, wait, waiting } = event
      const { at: since, seq } = event
      return { status: 'waiting', attempt, first, startedAt: started, wait, waiting, since, seq }
    }
    case 'node.resumed': {
      const died = event.cause.type === 'takeover' && event.cause.died ? 1 : 0
      const running = before?.status === 'running' ? before : null
      // A takeover in the middle of an attempt must not hide the decision that the attempt had resumed with.
      const resumed = (event.cause.type === 'takeover' && running?.resumed) || event.cause
      const { attempt } = trying
      return { status: 'running', attempt, first, startedAt: started, resumed, deaths: (running?.deaths ?? 0) + died }
    }
    case 'node.completed': {
      const { attempt, output, ports, detail, pinned } = event
      const decision =
        before?.status === 'running' && before.resumed?.type === 'decision' ? { decision: before.resumed } : {}
      return {
        status: 'completed',
        attempt,
        startedAt: started,
        endedAt: event.at,
        output,
        ports,
        ...(detail ? { detail } : {}),
        ...(pinned ? { pinned } : {}),
        ...decision,
      }
    }
    case 'node.failed': {
      const { attempt, failure, handled } = event
      return {
        status: 'failed',
        attempt,
        startedAt: started,
        endedAt: event.at,
        failure,
        ...(handled ? { handled } : {}),
      }
    }
    case 'node.skipped':
      return { status: 'skipped' }
    case 'node.cancelled':
      return { status: 'cancelled', endedAt: event.at }
    default:
      return assertNever(event)
  }
}

const isTrying = (node: NodeState | undefined): node is Extract<NodeState, { first: number }> =>
  node !== undefined && 'first' in node

type StepEvent = Extract<RunEvent, { type: `step.${string}` }>

function applyStep(state: RunState, event: StepEvent): void {
  const steps = state.steps.get(event.path) ?? new Map<string, StepState>()
  if (steps.size === 0) state.steps.set(event.path, steps)
  if (event.type === 'step.started') {
    steps.set(event.step, { status: 'started', kind: event.kind, startedAt: event.at })
    return
  }
  if (event.type === 'step.failed') {
    const { kind, failure, startedAt } = event
    steps.set(event.step, { status: 'failed', kind, failure, startedAt, endedAt: event.at })
    return
  }
  const { kind, result, startedAt, usage, model, tool, simulated, opening } = event
  steps.set(event.step, {
    status: 'completed',
    kind,
    startedAt,
    endedAt: event.at,
    result,
    ...(usage ? { usage } : {}),
    ...(model === undefined ? {} : { model }),
    ...(tool === undefined ? {} : { tool }),
    ...(simulated === undefined ? {} : { simulated }),
  })
  if (opening) state.openings.set(event.path, [...(state.openings.get(event.path) ?? []), opening])
  if (simulated) state.simulated = true
  if (usage && !event.inherited) state.usage = addUsage(state.usage, usage)
  const node = state.nodes.get(event.path)
  if (node?.status === 'running' && node.deaths > 0) state.nodes.set(event.path, { ...node, deaths: 0 })
}
