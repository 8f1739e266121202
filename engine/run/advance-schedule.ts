import { assertNever } from '../json'
import { askIfQuiet, forgetInside, openInBox, settleScope } from './box'
import type { Fact } from './events'
import { fail } from './fail'
import { pushHeap } from './heap'
import { restoreInside } from './restore'
import { count, type Instance, isOpen, place, type Schedule } from './schedule'
import type { NodeState, RunState } from './state'

/** Takes note of one fact, other than a restart of the whole run. `state` has folded it already. */
export function advanceSchedule(schedule: Schedule, state: RunState, fact: Fact): void {
  if (!('path' in fact) || fact.path === undefined || fact.type === 'run.failed') return
  const instance = schedule.instances.get(fact.path)
  if (!instance) return
  switch (fact.type) {
    case 'node.started':
      start(schedule, instance)
      if (fact.restart) restoreInside(schedule, state, instance)
      return askIfQuiet(schedule, instance)
    case 'node.resumed':
      return resume(schedule, instance)
    case 'node.retrying':
    case 'node.waiting':
      return rest(schedule, state, instance)
    case 'node.completed':
      return settle(schedule, state, instance, fact.ports)
    case 'node.failed':
      if (fact.handled) return settle(schedule, state, instance, [fact.handled.port])
      fail(schedule, state, instance, fact.failure)
      return settle(schedule, state, instance, null)
    case 'node.skipped':
      return settle(schedule, state, instance, [])
    case 'node.cancelled':
      return settle(schedule, state, instance, null)
    case 'step.completed':
      if (!fact.opening || !instance.box) return
      take(schedule, instance)
      openInBox(schedule, instance, fact.opening)
      return askIfQuiet(schedule, instance)
    case 'step.started':
    case 'step.failed':
    case 'budget.hit':
    case 'note':
      return
    default:
      assertNever(fact)
  }
}

/** Whatever was to be done with it has been done. */
function take(schedule: Schedule, instance: Instance): void {
  for (const due of [schedule.ready, schedule.dead, schedule.again, schedule.advance, schedule.closing]) {
    due.delete(instance)
  }
  if (instance.box) instance.box.moving = false
}

function start(schedule: Schedule, instance: Instance): void {
  take(schedule, instance)
  if (instance.phase === 'idle') instance.scope.active++
  instance.phase = 'running'
}

function resume(schedule: Schedule, instance: Instance): void {
  if (instance.phase === 'settled') return
  start(schedule, instance)
  if (instance.box) askIfQuiet(schedule, instance)
  else schedule.again.add(instance)
}

function rest(schedule: Schedule, state: RunState, instance: Instance): void {
  take(schedule, instance)
  if (instance.phase === 'idle') instance.scope.active++
  instance.phase = 'waiting'
  awaitOrClose(schedule, instance, state.nodes.get(instance.key))
}

/** `ports` are the live ones; null: the node was closed, and nothing behind it will be looked at. */
function settle(schedule: Schedule, state: RunState, instance: Instance, ports: readonly string[] | null): void {
  if (instance.phase === 'settled') return
  const { scope, node } = instance
  take(schedule, instance)
  if (instance.phase !== 'idle') scope.active--
  instance.phase = 'settled'
  scope.unsettled--
  forgetInside(schedule, instance)
  for (const { port, target } of ports ? node.outgoing : []) {
    count(scope, target, ports?.includes(port) ?? false)
    place(schedule, scope, target)
  }
  settleScope(schedule, state, scope)
}
