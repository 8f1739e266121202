import type { Failure } from '../failure'
import type { PathKey } from '../path'
import type { Plan, PlanNode, PlanScope } from '../plan/plan'
import type { Heap } from './heap'

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
  /** By the index of the node; in teams one after the other, as the turns were opened. */
  instances: (Instance | undefined)[]
  /** Edges to each node whose source has not settled, and edges that are live. */
  open: number[]
  live: number[]
  /** Nodes that are not settled, and nodes at work among them. */
  unsettled: number
  active: number
  /** Something in it failed and nothing inside dealt with that. */
  failed: boolean
  over: boolean
}

export type ScopeFailure = { failure: Failure; path: PathKey }

export type BoxRun = {
  /** Scopes at work by index; teams have one at 0. */
  scopes: Map<number, ScopeRun>
  items: { count: number; concurrency: number; next: number; known: Set<number> | null } | null
  /** What became of items and iterations that failed; the others have their result in the state. */
  failures: Map<number, ScopeFailure>
  /** Something inside failed that the box has to answer for: nothing new starts inside. */
  stopped: boolean
  /** It has been asked for its next move and has not answered yet. */
  moving: boolean
}

/** The schedule of a run in which nothing has happened yet. */
export function newSchedule(plan: Plan): Schedule {
  const schedule = newRoot(plan)
  openNodes(schedule, schedule.root)
  return schedule
}

export const newRoot = (plan: Plan): Schedule => ({
  plan,
  root: newScope(plan.root, null, null, ''),
  instances: new Map(),
  ready: new Set(),
  dead: new Set(),
  again: new Set(),
  advance: new Set(),
  closing: new Set(),
  wakeups: [],
})

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
    failed: false,
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

export function addInstance(schedule: Schedule, scope: ScopeRun, node: PlanNode, key: PathKey): Instance {
  const box = node.inside ? newBox() : null
  const instance: Instance = { key, node, scope, phase: 'idle', box }
  schedule.instances.set(key, instance)
  return instance
}

export const newBox = (): BoxRun => ({
  scopes: new Map(),
  items: null,
  failures: new Map(),
  stopped: false,
  moving: false,
})

/** Is everything around this scope still going on as drawn? */
export function isOpen(scope: ScopeRun): boolean {
  for (let at: ScopeRun | null = scope; at; at = at.box?.scope ?? null) {
    if (at.failed || at.box?.box?.stopped) return false
  }
  return true
}

/** Takes note that an edge to this node was decided. */
export function count(scope: ScopeRun, { index }: PlanNode, live: boolean): void {
  scope.open[index] = (scope.open[index] ?? 0) - 1
  if (live) scope.live[index] = (scope.live[index] ?? 0) + 1
}

/** Makes a node ready, or dead, if what it waited for is known. */
export function place(schedule: Schedule, scope: ScopeRun, node: PlanNode): void {
  const isLive = (scope.live[node.index] ?? 0) > 0
  if ((scope.open[node.index] ?? 0) > 0 && !(node.join === 'any' && isLive)) return
  const instance = instanceOf(schedule, scope, node)
  if (instance.phase !== 'idle') return
  if (isLive || node.incoming.length === 0) schedule.ready.add(instance)
  else schedule.dead.add(instance)
}
