import { assertNever } from '../json'
import { askIfQuiet, forgetInside, openInBox, settleScope } from './box'
import type { Fact } from './events'
import { fail } from './fail'
import { restoreInside } from './restore'
import { count, type Instance, place, type Schedule } from './schedule'
import type { RunState } from './state'
import { awaitOrClose } from './wakeups'

/** Takes note of one fact, other than a restart of the whole run. `state` has folded it already. */
export function advanceSchedule(schedule: Schedule, state: RunState, fact: Fact): void {
  if (!('path' in fact) || fact.path === undefined || fact.type === 'run.failed') return
  const instance = schedule.instances.get(fact.path)
  if (!instance) return
  switch (fact.type) {
    case 'node.started':
      start(schedule, instance)
      if (fact.restart) restoreInside(schedule, state, instance)
      askIfQuiet(schedule, instance)
      return
    case 'node.resumed':
      resume(schedule, instance)
      return
    case 'node.retrying':
      // What is inside a box is put together again when it begins anew.
      forgetInside(schedule, instance)
      rest(schedule, state, instance)
      return
    case 'node.waiting':
      rest(schedule, state, instance)
      return
    case 'node.completed':
      settle(schedule, state, instance, fact.ports)
      return
    case 'node.failed':
      if (fact.handled) {
        settle(schedule, state, instance, [fact.handled.port])
        return
      }
      fail(schedule, state, instance)
      settle(schedule, state, instance, null)
      return
    case 'node.skipped':
      settle(schedule, state, instance, [])
      return
    case 'node.cancelled':
      settle(schedule, state, instance, null)
      return
    case 'step.completed':
      if (!fact.opening || !instance.box) return
      take(schedule, instance)
      openInBox(schedule, instance, fact.opening)
      askIfQuiet(schedule, instance)
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
