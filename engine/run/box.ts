import type { PlanScope } from '../plan/plan'
import type { Opening } from './events'
import { firstFailure } from './first-failure'
import { addInstance, type Instance, isOpen, newScope, openNodes, type Schedule, type ScopeRun } from './schedule'
import type { RunState } from './state'

type Turns = Extract<Opening, { type: 'turns' }>['turns']

export function openInBox(schedule: Schedule, instance: Instance, opening: Opening): void {
  const { box, node } = instance
  const { inside } = node
  if (!box || !inside) return
  switch (opening.type) {
    case 'items':
      box.items = { count: opening.count, concurrency: opening.concurrency, next: 0, known: null }
      openItems(schedule, instance)
      return
    case 'iteration':
      if (mayOpen(instance)) openNodes(schedule, addScope(instance, inside, opening.index))
      return
    case 'turns':
      for (const turn of addTurns(schedule, instance, opening.turns)) schedule.ready.add(turn)
      return
  }
}

/** An item or an iteration. */
export function addScope(instance: Instance, inside: PlanScope, index: number): ScopeRun {
  const scope = newScope(inside, instance, index, `${instance.key}[${index}]/`)
  instance.box?.scopes.set(index, scope)
  return scope
}

export function addTurns(schedule: Schedule, instance: Instance, turns: Turns): Instance[] {
  const { inside } = instance.node
  if (!inside) return []
  const team = instance.box?.scopes.get(0) ?? addTeam(instance, inside)
  return turns.flatMap(({ member, turn }) => {
    const node = schedule.plan.nodes.get(member)
    if (!node) return []
    const made = addInstance(schedule, team, node, `${team.prefix}${member}#${turn}`)
    made.turn = turn
    team.instances.push(made)
    team.unsettled++
    return [made]
  })
}

function addTeam(instance: Instance, inside: PlanScope): ScopeRun {
  const team = { ...newScope(inside, instance, null, `${instance.key}/`), instances: [], unsettled: 0 }
  instance.box?.scopes.set(0, team)
  return team
}

/** Keeps `concurrency` items at work. */
export function openItems(schedule: Schedule, instance: Instance): void {
  const { box, node } = instance
  const items = box?.items
  if (!box || !items || !node.inside || !mayOpen(instance)) return
  while (items.next < items.count && box.scopes.size < items.concurrency) {
    const index = items.next++
    if (items.known?.has(index)) continue
    openNodes(schedule, addScope(instance, node.inside, index))
  }
}

/** Lets a box know that nothing inside it is at work and nothing more will start by itself. */
export function askIfQuiet(schedule: Schedule, instance: Instance): void {
  const { box, phase } = instance
  if (box && phase === 'running' && !box.moving && isQuiet(instance)) schedule.advance.add(instance)
}

/** Closes a scope in which nothing is at work any more, and lets its box know. */
export function settleScope(schedule: Schedule, state: RunState, scope: ScopeRun): void {
  const { box: instance, index } = scope
  const box = instance?.box
  if (!box || scope.over || !isScopeQuiet(scope)) return
  if (index !== null) {
    scope.over = true
    box.scopes.delete(index)
    forget(schedule, scope)
    const failed = scope.failed && firstFailure(state, scope.scope, scope.prefix)
    if (failed) box.failures.set(index, failed)
    openItems(schedule, instance)
  }
  askIfQuiet(schedule, instance)
}

/** A box that is over, or begins anew, has nothing inside any more. */
export function forgetInside(schedule: Schedule, instance: Instance): void {
  for (const scope of instance.box?.scopes.values() ?? []) forget(schedule, scope)
  instance.box?.scopes.clear()
}

function forget(schedule: Schedule, scope: ScopeRun): void {
  for (const instance of scope.instances) {
    if (!instance) continue
    schedule.instances.delete(instance.key)
    schedule.ready.delete(instance)
    schedule.dead.delete(instance)
  }
}

function isQuiet(instance: Instance): boolean {
  const { box } = instance
  if (!box) return false
  for (const scope of box.scopes.values()) if (!isScopeQuiet(scope)) return false
  return !box.items || box.items.next >= box.items.count || !mayOpen(instance)
}

const mayOpen = ({ box, scope }: Instance): boolean => !box?.stopped && isOpen(scope)

/** Nothing in it is at work and nothing more will start. */
const isScopeQuiet = (scope: ScopeRun): boolean => scope.active === 0 && (scope.unsettled === 0 || !isOpen(scope))
