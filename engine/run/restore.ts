import type { PlanNode } from '../plan/plan'
import { addScope, addTurns, askIfQuiet, forgetInside, openItems, settleScope } from './box'
import { markFailed } from './fail'
import { count, type Instance, instanceOf, newBox, place, type Schedule, type ScopeRun } from './schedule'
import type { NodeState, RunState } from './state'
import { awaitOrClose } from './wakeups'

/** What is known of a run, and what failed in it: that is dealt with when everything is in its place. */
type Restoring = { schedule: Schedule; state: RunState; failed: Instance[] }

/** Puts a scope that has no instances yet into the state that the log left it in. */
export function restoreScope(schedule: Schedule, state: RunState, scope: ScopeRun): void {
  const restoring: Restoring = { schedule, state, failed: [] }
  placeScope(restoring, scope)
  for (const instance of restoring.failed) markFailed(state, instance)
  reopenScope(schedule, state, scope)
}

/** The same for the inside of a box that begins anew. */
export function restoreInside(schedule: Schedule, state: RunState, instance: Instance): void {
  if (!instance.box) return
  forgetInside(schedule, instance)
  instance.box = newBox()
  const restoring: Restoring = { schedule, state, failed: [] }
  placeInside(restoring, instance)
  for (const inner of restoring.failed) markFailed(state, inner)
  reopenInside(schedule, state, instance)
}

function placeScope(restoring: Restoring, scope: ScopeRun): void {
  for (const node of scope.scope.nodes) {
    const known = restoring.state.nodes.get(scope.prefix + node.id)
    if (known) placeInstance(restoring, instanceOf(restoring.schedule, scope, node), known)
  }
}

function placeInstance(restoring: Restoring, instance: Instance, known: NodeState): void {
  switch (known.status) {
    case 'running':
    case 'waiting':
      atWork(instance, known.status)
      placeInside(restoring, instance)
      return
    case 'retrying':
      atWork(instance, 'waiting')
      return
    case 'completed':
      settled(instance, known.ports)
      return
    case 'skipped':
      settled(instance, [])
      return
    case 'cancelled':
      settled(instance, null)
      return
    case 'failed':
      if (!known.handled) restoring.failed.push(instance)
      settled(instance, known.handled ? [known.handled.port] : null)
      return
  }
}

function atWork(instance: Instance, phase: 'running' | 'waiting'): void {
  instance.phase = phase
  instance.scope.active++
}

function settled(instance: Instance, ports: readonly string[] | null): void {
  const { scope, node } = instance
  instance.phase = 'settled'
  scope.unsettled--
  if (ports) for (const { port, target } of node.outgoing) count(scope, target, ports.includes(port))
}

function placeInside(restoring: Restoring, instance: Instance): void {
  const { box, node, key } = instance
  const { inside } = node
  const openings = restoring.state.openings.get(key) ?? []
  const last = openings.at(-1)
  if (!box || !inside || !last) return
  switch (last.type) {
    case 'turns':
      for (const opening of openings) if (opening.type === 'turns') placeTurns(restoring, instance, opening.turns)
      return
    case 'iteration':
      placeScope(restoring, addScope(instance, inside, last.index))
      return
    case 'items': {
      const { count, concurrency } = last
      const known = new Set<number>()
      for (let index = 0; index < count; index++) {
        if (!hasBegun(restoring.state, node, `${key}[${index}]/`)) continue
        known.add(index)
        placeScope(restoring, addScope(instance, inside, index))
      }
      box.items = { count, concurrency, next: 0, known }
      return
    }
  }
}

function placeTurns(restoring: Restoring, instance: Instance, turns: Parameters<typeof addTurns>[2]): void {
  for (const turn of addTurns(restoring.schedule, instance, turns)) {
    const known = restoring.state.nodes.get(turn.key)
    if (known) placeInstance(restoring, turn, known)
  }
}

const hasBegun = (state: RunState, box: PlanNode, prefix: string): boolean =>
  box.inside?.nodes.some((node) => state.nodes.has(prefix + node.id)) ?? false

/** Finds what may go on, from the inside out. */
function reopenScope(schedule: Schedule, state: RunState, scope: ScopeRun): void {
  for (const instance of [...scope.instances]) if (instance) reopen(schedule, state, instance)
  if (scope.index === null && scope.box) return
  for (const node of scope.scope.nodes) {
    const phase = scope.instances[node.index]?.phase ?? 'idle'
    if (phase === 'idle') place(schedule, scope, node)
  }
}

function reopen(schedule: Schedule, state: RunState, instance: Instance): void {
  if (instance.phase === 'settled') return
  if (instance.phase === 'idle') {
    if (instance.turn !== undefined) schedule.ready.add(instance)
    return
  }
  if (instance.phase === 'waiting') awaitOrClose(schedule, instance, state.nodes.get(instance.key))
  reopenInside(schedule, state, instance)
}

function reopenInside(schedule: Schedule, state: RunState, instance: Instance): void {
  const { box } = instance
  if (!box) return
  for (const scope of [...box.scopes.values()]) {
    reopenScope(schedule, state, scope)
    settleScope(schedule, state, scope)
  }
  openItems(schedule, instance)
  askIfQuiet(schedule, instance)
}
