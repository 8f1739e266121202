import { assertNever } from '../json'
import type { Fact } from './events'
import { pushHeap } from './heap'
import { mayRetry } from './retry'
import {
  type Instance,
  instanceOf,
  isOpen,
  isQuiet,
  isScopeQuiet,
  openInBox,
  openItems,
  type Schedule,
  type ScopeFailure,
  type ScopeRun,
} from './schedule'
import type { RunState } from './state'

/** Takes note of one fact. `state` has folded it already. */
export function advanceSchedule(schedule: Schedule, state: RunState, fact: Fact): void {
  if (!('path' in fact) || fact.path === undefined || fact.type === 'run.failed') return
  const instance = schedule.instances.get(fact.path)
  if (!instance) return
  switch (fact.type) {
    case 'node.started':
      return start(schedule, instance)
    case 'node.resumed':
      return resume(schedule, instance)
    case 'node.retrying':
      rest(instance)
      if (isOpen(instance.scope)) pushHeap(schedule.wakeups, fact.retryAt, { instance, type: 'retry', at: fact.retryAt })
      else schedule.closing.add(instance)
      return
    case 'node.waiting':
      return wait(schedule, instance, fact.waiting)
    case 'node.completed':
      return settle(schedule, instance, fact.ports)
    case 'node.failed':
      if (fact.handled) return settle(schedule, instance, [fact.handled.port])
      fail(schedule, state, instance, { failure: fact.failure, path: fact.path })
      return settle(schedule, instance, null)
    case 'node.skipped':
      return settle(schedule, instance, [])
    case 'node.cancelled':
      return settle(schedule, instance, null)
    case 'step.completed':
      if (!fact.opening) return
      schedule.advance.delete(instance)
      openInBox(schedule, instance, fact.opening)
      // A map over nothing is done as soon as it is opened.
      if (isQuiet(instance)) schedule.advance.add(instance)
      return
    case 'step.started':
    case 'step.failed':
    case 'budget.hit':
    case 'note':
      return
    default:
      assertNever(fact)
  }
}

function start(schedule: Schedule, instance: Instance): void {
  schedule.ready.delete(instance)
  if (instance.phase === 'idle') instance.scope.active++
  instance.phase = 'running'
  if (instance.box && isQuiet(instance)) schedule.advance.add(instance)
}

function resume(schedule: Schedule, instance: Instance): void {
  if (instance.phase === 'settled') return
  if (instance.phase === 'idle') instance.scope.active++
  instance.phase = 'running'
  schedule.closing.delete(instance)
  if (!instance.box) schedule.again.add(instance)
}

function rest(instance: Instance): void {
  if (instance.phase === 'idle') instance.scope.active++
  instance.phase = 'waiting'
}

type WaitingFact = Extract<Fact, { type: 'node.waiting' }>['waiting']

function wait(schedule: Schedule, instance: Instance, waiting: WaitingFact): void {
  schedule.ready.delete(instance)
  rest(instance)
  if (!isOpen(instance.scope)) {
    schedule.closing.add(instance)
    return
  }
  if (waiting.reason === 'timer') pushHeap(schedule.wakeups, waiting.until, { instance, type: 'timer', at: waiting.until })
  if (waiting.reason === 'approval' && waiting.deadline !== undefined) {
    pushHeap(schedule.wakeups, waiting.deadline, { instance, type: 'deadline', at: waiting.deadline })
  }
}

/** `ports` are the live ones; null: the node was closed, and nothing behind it will be looked at. */
function settle(schedule: Schedule, instance: Instance, ports: readonly string[] | null): void {
  if (instance.phase === 'settled') return
  const { scope, node } = instance
  if (instance.phase !== 'idle') scope.active--
  instance.phase = 'settled'
  scope.unsettled--
  for (const waiting of [schedule.ready, schedule.dead, schedule.again, schedule.advance, schedule.closing]) {
    waiting.delete(instance)
  }
  if (ports) for (const edge of node.outgoing) arrive(schedule, scope, edge.target.index, ports.includes(edge.port))
  settleScope(schedule, scope)
}

function arrive(schedule: Schedule, scope: ScopeRun, index: number, live: boolean): void {
  const node = scope.scope.nodes[index]
  if (!node) return
  const open = (scope.open[index] ?? 0) - 1
  const lives = (scope.live[index] ?? 0) + (live ? 1 : 0)
  scope.open[index] = open
  scope.live[index] = lives
  if (open > 0 && !(node.join === 'any' && live)) return
  const instance = instanceOf(schedule, scope, node)
  if (instance.phase !== 'idle') return
  if (lives > 0) schedule.ready.add(instance)
  else schedule.dead.add(instance)
}

/** Closes a scope in which nothing is at work any more, and lets its box know. */
export function settleScope(schedule: Schedule, scope: ScopeRun): void {
  const { box, index } = scope
  if (!box?.box || scope.over || !isScopeQuiet(scope)) return
  if (index !== null) {
    scope.over = true
    box.box.scopes.delete(index)
    forget(schedule, scope)
    openItems(schedule, box)
  }
  if (scope.failed) box.box.failures.set(index ?? 0, scope.failed)
  if (box.phase === 'running' && isQuiet(box)) schedule.advance.add(box)
}

function forget(schedule: Schedule, scope: ScopeRun): void {
  for (const instance of scope.instances) {
    if (!instance) continue
    schedule.instances.delete(instance.key)
    schedule.ready.delete(instance)
    schedule.dead.delete(instance)
  }
}

/** An unhandled failure: nothing new starts up to the first box that deals with it, and whoever only waits is closed. */
function fail(schedule: Schedule, state: RunState, instance: Instance, failure: ScopeFailure): void {
  let scope: ScopeRun | null = instance.scope
  let outermost: ScopeRun = scope
  while (scope) {
    scope.failed ??= failure
    outermost = scope
    const box: Instance | null = scope.box
    if (!box?.box) break
    const { spec, config, onError } = box.node
    if (scope.index !== null && spec.box?.absorbsFailure(config)) break
    box.box.stopped = true
    if (onError !== 'fail' || canRetryBox(state, box, failure)) {
      for (const inner of box.box.scopes.values()) closeWaiting(schedule, inner, instance)
      return
    }
    scope = box.scope
  }
  closeWaiting(schedule, outermost, instance)
}

function canRetryBox(state: RunState, box: Instance, { failure }: ScopeFailure): boolean {
  const node = state.nodes.get(box.key)
  if (node?.status !== 'running') return false
  return node.attempt - node.first < box.node.retry.max && mayRetry(failure)
}

/** Failures are rare, so this may look at everything inside. */
function closeWaiting(schedule: Schedule, scope: ScopeRun, failed: Instance): void {
  const members = scope.index === null && scope.box ? teamMembers(schedule, scope) : scope.instances
  for (const instance of members) {
    if (!instance || instance === failed) continue
    if (instance.phase === 'waiting') schedule.closing.add(instance)
    if (instance.phase !== 'running' || !instance.box) continue
    for (const inner of [...instance.box.scopes.values()]) closeWaiting(schedule, inner, failed)
    if (isQuiet(instance)) schedule.advance.add(instance)
  }
  if (scope !== failed.scope) settleScope(schedule, scope)
}

const teamMembers = (schedule: Schedule, team: ScopeRun): Instance[] =>
  [...schedule.instances.values()].filter((instance) => instance.scope === team)
