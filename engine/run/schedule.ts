import type { PathKey } from '../path'
import type { Plan, PlanNode, PlanScope } from '../plan/plan'
import type { Failure } from '../failure'
import type { Heap } from './heap'
import type { Opening } from './events'

/**
 * What may happen next, kept up to date event by event so that deciding costs what changed and not what exists.
 * Derived from plan and state (`buildSchedule`), never stored, changed in place by its one owner.
 */
export type Schedule = {
  plan: Plan
  root: ScopeRun
  /** Every node instance that a scope has made, by the text form of its path. */
  instances: Map<PathKey, Instance>
  /** May start: all sources settled, at least one live. */
  ready: Set<Instance>
  /** Can no longer be reached. */
  dead: Set<Instance>
  /** Were running or waiting and have to be performed again (a decision came, a timer fired, the process changed). */
  again: Set<Instance>
  /** Boxes whose opened scopes have all settled. */
  advance: Set<Instance>
  /** In a scope that fails: wait for nothing any more. */
  closing: Set<Instance>
  wakeups: Heap<Wakeup>
}

export type Wakeup = { instance: Instance; type: 'retry' | 'timer' | 'deadline'; at: number }

/** `waiting` is for a person, a timer, another run, or the next attempt: nothing of it runs. */
export type Phase = 'idle' | 'running' | 'waiting' | 'settled'

export type Instance = {
  key: PathKey
  node: PlanNode
  scope: ScopeRun
  turn?: number
  phase: Phase
  box: BoxRun | null
}

/** One scope at work: the top, an item, an iteration, or the members of a team. */
export type ScopeRun = {
  /** What the keys of its nodes begin with: `` or `each[3]/`. */
  prefix: string
  scope: PlanScope
  box: Instance | null
  /** Item or iteration; null at the top and in teams. */
  index: number | null
  instances: (Instance | undefined)[]
  open: number[]
  live: number[]
  /** Nodes that are not settled, and nodes at work among them. */
  unsettled: number
  active: number
  failed: ScopeFailure | null
  over: boolean
}

export type ScopeFailure = { failure: Failure; path: PathKey }

export type BoxRun = {
  /** Scopes at work by index; teams have one at 0. */
  scopes: Map<number, ScopeRun>
  items: { count: number; concurrency: number; next: number; known: Set<number> | null } | null
  /** What became of scopes that failed; the others have their result in the state. */
  failures: Map<number, ScopeFailure>
  /** Nothing new starts inside. */
  stopped: boolean
  openings: number
}

export const newSchedule = (plan: Plan): Schedule => {
  const schedule: Schedule = {
    plan,
    root: newScope(plan.root, null, null, ''),
    instances: new Map(),
    ready: new Set(),
    dead: new Set(),
    again: new Set(),
    advance: new Set(),
    closing: new Set(),
    wakeups: [],
  }
  openNodes(schedule, schedule.root)
  return schedule
}

export function newScope(scope: PlanScope, box: Instance | null, index: number | null, prefix: string): ScopeRun {
  const open = new Array<number>(scope.nodes.length)
  for (const node of scope.nodes) open[node.index] = node.incoming.length
  return {
    prefix,
    scope,
    box,
    index,
    instances: new Array(scope.nodes.length),
    open,
    live: new Array<number>(scope.nodes.length).fill(0),
    unsettled: scope.nodes.length,
    active: 0,
    failed: null,
    over: false,
  }
}

/** Makes the nodes without sources ready. */
export function openNodes(schedule: Schedule, scope: ScopeRun): void {
  for (const node of scope.scope.entries) schedule.ready.add(instanceOf(schedule, scope, node))
}

export function instanceOf(schedule: Schedule, scope: ScopeRun, node: PlanNode): Instance {
  const known = scope.instances[node.index]
  if (known) return known
  const made = addInstance(schedule, scope, node, scope.prefix + node.id)
  scope.instances[node.index] = made
  return made
}

function addInstance(schedule: Schedule, scope: ScopeRun, node: PlanNode, key: PathKey): Instance {
  const box = node.inside ? newBox() : null
  const instance: Instance = { key, node, scope, phase: 'idle', box }
  schedule.instances.set(key, instance)
  return instance
}

const newBox = (): BoxRun => ({ scopes: new Map(), items: null, failures: new Map(), stopped: false, openings: 0 })

/** Is everything around this scope still going on as drawn? */
export function isOpen(scope: ScopeRun): boolean {
  for (let at: ScopeRun | null = scope; at; at = at.box?.scope ?? null) {
    if (at.failed || at.box?.box?.stopped) return false
  }
  return true
}

export function openInBox(schedule: Schedule, instance: Instance, opening: Opening): void {
  const { box, node } = instance
  const inside = node.inside
  if (!box || !inside) return
  box.openings++
  switch (opening.type) {
    case 'items':
      box.items = { count: opening.count, concurrency: opening.concurrency, next: 0, known: box.items?.known ?? null }
      openItems(schedule, instance)
      return
    case 'iteration':
      openScope(schedule, instance, inside, opening.index)
      return
    case 'turns':
      openTurns(schedule, instance, inside, opening.turns)
      return
  }
}

export function openScope(schedule: Schedule, instance: Instance, inside: PlanScope, index: number): ScopeRun {
  const scope = newScope(inside, instance, index, `${instance.key}[${index}]/`)
  instance.box?.scopes.set(index, scope)
  openNodes(schedule, scope)
  return scope
}

/** Keeps `concurrency` items at work. */
export function openItems(schedule: Schedule, instance: Instance): void {
  const { box, node } = instance
  const items = box?.items
  if (!box || !items || !node.inside) return
  while (!box.stopped && items.next < items.count && box.scopes.size < items.concurrency) {
    const index = items.next++
    if (items.known?.has(index)) continue
    openScope(schedule, instance, node.inside, index)
  }
}

function openTurns(
  schedule: Schedule,
  instance: Instance,
  inside: PlanScope,
  turns: readonly { member: string; turn: number }[],
): void {
  const team = instance.box?.scopes.get(0) ?? openTeam(instance, inside)
  for (const { member, turn } of turns) {
    const node = schedule.plan.nodes.get(member)
    if (!node) continue
    const made = addInstance(schedule, team, node, `${team.prefix}${member}#${turn}`)
    made.turn = turn
    team.unsettled++
    schedule.ready.add(made)
  }
}

function openTeam(instance: Instance, inside: PlanScope): ScopeRun {
  const team = newScope(inside, instance, null, `${instance.key}/`)
  team.unsettled = 0
  instance.box?.scopes.set(0, team)
  return team
}

/** Everything opened so far has settled and no further item will open by itself. */
export function isQuiet(instance: Instance): boolean {
  const { box } = instance
  if (!box) return false
  for (const scope of box.scopes.values()) if (!isScopeQuiet(scope)) return false
  const items = box.items
  return box.stopped || !items || items.next >= items.count
}

/** Nothing in it is at work and nothing more will start. */
export const isScopeQuiet = (scope: ScopeRun): boolean =>
  scope.active === 0 && (scope.unsettled === 0 || !isOpen(scope))
