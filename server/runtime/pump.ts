import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import { type Command, decide } from '@/engine/run/decide'
import { seenRef } from '@/engine/run/resolve'
import { isOver } from '@/engine/run/state'
import { giveUpChildren } from './child-waits'
import { decideByDeadline } from './deadline'
import type { RuntimeDeps } from './deps'
import { type Drive, readValue, record, refOf, wakeAt } from './drive'
import { keepFlushing } from './flush'
import { type Performed, perform } from './perform'
import { playWait } from './replay-waits'

/** After so much work in a row other runs of the process get their turn: a node may take far longer than the next. */
const breathAfterMs = 10

/**
 * Does whatever may happen now: decides, writes down, performs. Nodes that only compute run on in memory, one after the
 * other; what they found reaches the disk together, when something outside could see it or the run comes to rest.
 */
export function pump(drive: Drive, deps: RuntimeDeps): void {
  if (drive.pumping || drive.closed) return
  drive.pumping = true
  drive.breathing = false
  const until = performance.now() + breathAfterMs
  try {
    for (;;) {
      if (drive.due.length === 0 && !plan(drive, deps)) break
      // Only with something left to do: a run that has come to rest must not be written down as one that goes on.
      if (drive.due.length > 0 && performance.now() >= until) {
        drive.breathing = true
        setImmediate(() => pump(drive, deps))
        break
      }
      carryOutUntil(drive, deps, until)
    }
  } finally {
    drive.pumping = false
  }
  if (drive.state.run.status !== 'running') stopWork(drive)
  setTimer(drive, deps)
  keepFlushing(drive, deps)
}

/** Decides what comes next. False: nothing does, until something happens. */
function plan(drive: Drive, deps: RuntimeDeps): boolean {
  giveUpChildren(drive, deps)
  const { facts, commands } = decide(drive.schedule, drive.state, deps.clock.now())
  record(drive, facts, deps.clock.now())
  drive.due = commands
  return facts.length > 0 || commands.length > 0
}

/** What the time is too short for stays due. */
function carryOutUntil(drive: Drive, deps: RuntimeDeps, until: number): void {
  const { due } = drive
  let done = 0
  for (const command of due) {
    done += 1
    if (isWanted(drive, command)) carryOut(drive, deps, command)
    if (performance.now() >= until) break
  }
  drive.due = due.slice(done)
}

/** Between two turns a cancel may have closed what was due, or the whole run may have begun anew. */
const isWanted = ({ schedule, state }: Drive, command: Command): boolean =>
  command.type === 'finish'
    ? !isOver(state.run)
    : schedule.instances.get(command.instance.key) === command.instance && command.instance.phase !== 'settled'

function carryOut(drive: Drive, deps: RuntimeDeps, command: Command): void {
  switch (command.type) {
    case 'finish':
      record(drive, [{ type: 'run.completed', output: outputOf(drive) }], deps.clock.now())
      return
    case 'deadline':
      decideByDeadline(drive, deps, command)
      return
    case 'perform':
    case 'advance':
      work(drive, deps, command)
  }
}

function work(
  drive: Drive,
  deps: RuntimeDeps,
  { type, instance, attempt }: Extract<Command, { instance: unknown; attempt: number }>,
): void {
  const { node, key } = instance
  const startedAt = deps.clock.now()
  // Nodes that only compute are done before anybody could look for them here.
  const abort = node.inline ? null : new AbortController()
  if (abort) drive.working.set(key, { attempt, abort })
  const timer =
    abort === null || node.timeoutMs === null || type === 'advance'
      ? null
      : setTimeout(() => abort.abort(timedOut(node.timeoutMs)), node.timeoutMs)
  const outcome = perform(drive, deps, { instance, attempt, startedAt, advance: type === 'advance' })
  const end = (performed: Performed) => {
    if (timer) clearTimeout(timer)
    // A run that was cancelled may have been started again meanwhile, and this node with it.
    if (abort && drive.working.get(key)?.abort !== abort) return
    drive.working.delete(key)
    settle(drive, deps, key, performed)
  }
  if (!(outcome instanceof Promise)) {
    end(outcome)
    return
  }
  outcome
    .then((performed) => {
      end(performed)
      pump(drive, deps)
    })
    .catch((error) => deps.report(error, { run: drive.runId, path: key }))
}

const timedOut = (ms: number | null): NodeError =>
  new NodeError({ code: 'timeout', message: `It took longer than ${(ms ?? 0) / 1000} s.`, retry: {} })

function settle(drive: Drive, deps: RuntimeDeps, key: string, performed: Performed): void {
  if (performed === 'void' || drive.closed) return
  if (performed === 'parked') {
    drive.parked.add(key)
    return
  }
  // A cancel closed the node while it was at work: what it brings is no longer wanted.
  if (isOver(drive.state.run) || drive.schedule.instances.get(key)?.phase === 'settled') return
  record(drive, performed, deps.clock.now())
  for (const fact of performed) {
    if (fact.type !== 'node.waiting') continue
    playWait(drive, deps, fact)
    // The child may have come to its end before its parent began to wait for it.
    if (fact.waiting.reason === 'child') drive.look()
  }
}

/** Whatever is at work when a run ends is told to stop, and not listened to any more. */
export function stopWork(drive: Drive): void {
  if (!isOver(drive.state.run) || drive.working.size === 0) return
  const over = new NodeError({ code: 'cancelled', message: 'The run is over.' })
  for (const { abort } of drive.working.values()) abort.abort(over)
  drive.working.clear()
}

/** The longest that setTimeout takes. */
const longestTimer = 2_147_483_647

function setTimer(drive: Drive, deps: RuntimeDeps): void {
  if (drive.timer) clearTimeout(drive.timer)
  drive.timer = null
  const at = drive.closed || drive.state.run.status !== 'running' ? null : wakeAt(drive)
  if (at === null) return
  const ms = Math.min(Math.max(0, at - deps.clock.now()), longestTimer)
  drive.timer = setTimeout(() => pump(drive, deps), ms)
}

/** The value of the one output node, an object by id of those reached, or null. */
function outputOf(drive: Drive) {
  const { outputs } = drive.plan
  const [only] = outputs
  if (only && outputs.length === 1) return seenRef(drive.state.nodes.get(only.id)) ?? refOf(drive, null)
  const reached: Record<string, Json> = {}
  for (const { id } of outputs) {
    const ref = seenRef(drive.state.nodes.get(id))
    if (ref) reached[id] = readValue(drive, ref)
  }
  return refOf(drive, outputs.length === 0 ? null : reached)
}

/** Enters nodes again that had stopped between two steps. */
export function unpark(drive: Drive): void {
  for (const key of drive.parked) {
    const instance = drive.schedule.instances.get(key)
    if (instance?.phase !== 'running') continue
    if (instance.box) drive.schedule.advance.add(instance)
    else drive.schedule.again.add(instance)
  }
  drive.parked.clear()
}
