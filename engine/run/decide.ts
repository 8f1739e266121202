import type { PathKey } from '../path'
import type { Fact } from './events'
import { firstFailure } from './first-failure'
import { popHeap } from './heap'
import { restartPaths } from './restart'
import { type Instance, isOpen, type Schedule, type Wakeup } from './schedule'
import type { NodeState, RunState } from './state'

/** What the driver is to do. Everything else that is decided is a fact and only has to be written down. */
export type Command =
  | { type: 'perform'; instance: Instance; attempt: number }
  /** Ask a box for its next move. */
  | { type: 'advance'; instance: Instance; attempt: number }
  /** Nobody decided in time: let the deadline compete with whoever else decides. */
  | { type: 'deadline'; instance: Instance; wait: number; at: number }
  /** Every node is settled: the output is to be put together. */
  | { type: 'finish' }

export type Decisions = { facts: Fact[]; commands: Command[] }

/**
 * What follows from everything written so far. Takes the work out of the schedule: what it returns is to be written
 * (and folded) or performed, once. Decide again after folding; nothing to do comes back empty.
 */
export function decide(schedule: Schedule, state: RunState, now: number): Decisions {
  const decisions: Decisions = { facts: [], commands: [] }
  if (state.run.status !== 'running') return decisions
  decideClosing(schedule, decisions)
  decideSkips(schedule, decisions)
  decideWakeups(schedule, state, now, decisions)
  decideStarts(schedule, decisions)
  decideAgain(schedule, state, decisions)
  decideBoxes(schedule, state, decisions)
  decideEnd(schedule, state, decisions)
  return decisions
}

/** When this run has to be looked at although nothing will have happened; null: only something from outside moves it. */
export const nextWake = (schedule: Schedule): number | null => schedule.wakeups[0]?.at ?? null

/** A cancel closes everything that is open, at once, from the inside out: nothing is ever at work in a box that is over. */
export function cancelFacts(schedule: Schedule): Fact[] {
  const open: PathKey[] = []
  for (const instance of schedule.instances.values()) {
    if (instance.phase === 'running' || instance.phase === 'waiting') open.push(instance.key)
  }
  return open.reverse().map((path) => ({ type: 'node.cancelled', path }))
}

function decideClosing(schedule: Schedule, { facts }: Decisions): void {
  for (const instance of schedule.closing) facts.push({ type: 'node.cancelled', path: instance.key })
  schedule.closing.clear()
}

function decideSkips(schedule: Schedule, { facts }: Decisions): void {
  for (const instance of schedule.dead) {
    if (isOpen(instance.scope)) facts.push({ type: 'node.skipped', path: instance.key })
  }
  schedule.dead.clear()
}

function decideStarts(schedule: Schedule, { facts, commands }: Decisions): void {
  for (const instance of schedule.ready) {
    if (!isOpen(instance.scope)) continue
    if (instance.node.inline) begin(instance)
    else facts.push({ type: 'node.started', path: instance.key, attempt: 1 })
    if (!instance.box) commands.push({ type: 'perform', instance, attempt: 1 })
  }
  schedule.ready.clear()
}

function decideAgain(schedule: Schedule, state: RunState, { commands }: Decisions): void {
  for (const instance of schedule.again) {
    commands.push({ type: 'perform', instance, attempt: attemptOf(state.nodes.get(instance.key)) })
  }
  schedule.again.clear()
}

function decideBoxes(schedule: Schedule, state: RunState, { facts, commands }: Decisions): void {
  for (const instance of schedule.advance) {
    const { box, scope, key } = instance
    if (!box) continue
    // A box that something inside failed answers for it. Any other one gives up unfinished when all around it is closing.
    if (isOpen(scope) || box.stopped) {
      box.moving = true
      commands.push({ type: 'advance', instance, attempt: attemptOf(state.nodes.get(key)) })
    } else facts.push({ type: 'node.cancelled', path: key })
  }
  schedule.advance.clear()
}

function decideWakeups(schedule: Schedule, state: RunState, now: number, decisions: Decisions): void {
  while ((schedule.wakeups[0]?.at ?? Infinity) <= now) {
    const wakeup = popHeap(schedule.wakeups)
    if (wakeup && wakeup.instance.phase === 'waiting' && isOpen(wakeup.instance.scope)) {
      wake(schedule, state, wakeup, decisions)
    }
  }
}

function wake(
  schedule: Schedule,
  state: RunState,
  { instance, type, at }: Wakeup,
  { facts, commands }: Decisions,
): void {
  const node = state.nodes.get(instance.key)
  if (type === 'retry') {
    if (node?.status !== 'retrying' || node.retryAt !== at) return
    const attempt = node.attempt + 1
    if (instance.box) {
      const restart = restartPaths(schedule.plan, state, instance)
      facts.push({ type: 'node.started', path: instance.key, attempt, restart })
      return
    }
    if (instance.node.inline) begin(instance)
    else facts.push({ type: 'node.started', path: instance.key, attempt })
    commands.push({ type: 'perform', instance, attempt })
    return
  }
  if (node?.status !== 'waiting') return
  const { waiting, wait } = node
  if (type === 'timer' && waiting.reason === 'timer' && waiting.until === at) {
    facts.push({ type: 'node.resumed', path: instance.key, cause: { type: 'timer' } })
  }
  if (type === 'deadline' && waiting.reason === 'approval' && waiting.deadline === at) {
    commands.push({ type: 'deadline', instance, wait, at })
  }
}

function decideEnd({ plan, root }: Schedule, state: RunState, { facts, commands }: Decisions): void {
  if (root.active > 0 || facts.length > 0 || commands.length > 0 || root.over) return
  if (root.failed) {
    const first = firstFailure(state, plan.root, '')
    if (!first) throw new Error('a run failed, but no node of it did')
    root.over = true
    facts.push({ type: 'run.failed', ...first })
  } else if (root.unsettled === 0) {
    root.over = true
    commands.push({ type: 'finish' })
  }
}

/** Inline nodes have no fact that says that they started. */
function begin(instance: Instance): void {
  if (instance.phase === 'idle') instance.scope.active++
  instance.phase = 'running'
}

const attemptOf = (node: NodeState | undefined): number => (node && 'attempt' in node ? node.attempt : 1)
