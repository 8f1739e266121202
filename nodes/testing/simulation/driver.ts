import type { KindRuns } from '@/engine/kind/run'
import { buildSchedule } from '@/engine/run/build-schedule'
import { type Command as Decided, decide, nextWake } from '@/engine/run/decide'
import type { Fact, RunEvent } from '@/engine/run/events'
import { followFact } from '@/engine/run/follow'
import { reduce, replay } from '@/engine/run/reduce'
import { seenRef } from '@/engine/run/resolve'
import type { Schedule } from '@/engine/run/schedule'
import { isOver, type RunState } from '@/engine/run/state'
import { simulatedRuns } from './agents'
import { answerTo } from './answers'
import { factOfFailure, type Performed, perform } from './perform'
import { append } from './store'
import { refOf, type Values } from './values'
import type { World } from './world'

/** A virtual worker that drives the run. */
export type Driver = {
  world: World
  runs: KindRuns
  epoch: number
  state: RunState
  schedule: Schedule
  values: Values
  /** It crashed and nothing that it had in hand happens any more, was refused by the store, or has nothing left to do. */
  closed: 'crashed' | 'lost' | 'over' | null
  /** What has been recorded and not been sent to the store, and the last event that is there. */
  unwritten: RunEvent[]
  written: number
  isFlushing: boolean
  isPumping: boolean
  /** Commands that the unwritten events answer, and the last one that was answered. */
  taken: number[]
  lastCommand: number
  parked: Set<string>
  wakeAt: number | null
  record: (facts: readonly Fact[]) => void
}

export function takeOver(world: World, died: boolean): Driver {
  const { store, plan } = world
  const state = replay(store.log)
  const driver: Driver = {
    world,
    runs: simulatedRuns(() => driver),
    epoch: ++store.epoch,
    state,
    schedule: buildSchedule(plan, state),
    values: store.values,
    closed: null,
    unwritten: [],
    written: state.seq,
    isFlushing: false,
    isPumping: false,
    taken: [],
    lastCommand: 0,
    parked: new Set(),
    wakeAt: null,
    record: (facts) => record(driver, facts),
  }
  if (state.run.status === 'queued') driver.record([{ type: 'run.started' }])
  if (!isOver(state.run)) driver.record(resumeFacts(driver, died))
  takeCommands(driver)
  pump(driver)
  return driver
}

function record(driver: Driver, facts: readonly Fact[]): void {
  const { world, state, closed } = driver
  if (closed !== null) return
  for (const fact of facts) {
    const event: RunEvent = { ...fact, seq: state.seq + 1, at: Math.round(world.now) }
    reduce(state, event)
    driver.unwritten.push(event)
    driver.schedule = followFact(driver.schedule, state, fact)
  }
}

const mostDeaths = 3

/** Whatever was at work when the driver before was lost begins again; what killed its drivers too often does not. */
function resumeFacts(driver: Driver, died: boolean): Fact[] {
  const facts: Fact[] = []
  for (const instance of driver.schedule.instances.values()) {
    const { key, phase, box } = instance
    const node = driver.state.nodes.get(key)
    if (phase !== 'running' || box || node?.status !== 'running') continue
    if (died && node.deaths + 1 >= mostDeaths) {
      const failure = { code: 'quarantined' as const, message: 'It died too often.' }
      facts.push(factOfFailure(driver, instance, { attempt: node.attempt, failure }))
    } else facts.push({ type: 'node.resumed', path: key, cause: { type: 'takeover', died } })
  }
  return facts
}

export function pump(driver: Driver): void {
  const { state, world } = driver
  if (driver.isPumping || driver.closed !== null) return
  driver.isPumping = true
  for (;;) {
    const { facts, commands } = decide(driver.schedule, state, world.now)
    if (facts.length === 0 && commands.length === 0) break
    driver.record(facts)
    for (const command of commands) carryOut(driver, command)
  }
  driver.isPumping = false
  world.rested(driver)
  setTimer(driver)
  flush(driver)
}

function carryOut(driver: Driver, command: Decided): void {
  const { world, state, values } = driver
  if (command.type === 'finish') {
    const [only] = world.plan.outputs
    const output = (only && seenRef(state.nodes.get(only.id))) ?? refOf(values, null)
    driver.record([{ type: 'run.completed', output }])
    return
  }
  const { instance } = command
  if (command.type === 'deadline') {
    reportDeadline(driver, instance.key)
    return
  }
  const performed = perform(driver, { instance, attempt: command.attempt, isMove: command.type === 'advance' })
  if (!(performed instanceof Promise)) {
    settle(driver, instance.key, performed)
    return
  }
  if (instance.node.inline) throw new Error(`${instance.key} is inline but answers later`)
  performed
    .then((facts) => {
      settle(driver, instance.key, facts)
      pump(driver)
    })
    .catch((error: unknown) => {
      world.broken ??= { error }
    })
}

/** The deadline competes for the decision like everybody else. */
function reportDeadline(driver: Driver, path: string): void {
  const { world, state } = driver
  const node = state.nodes.get(path)
  if (node?.status !== 'waiting' || node.waiting.reason !== 'approval') return
  const { wait, waiting } = node
  const decision = { approve: 'approved', reject: 'rejected', fail: 'timed_out' }[waiting.onTimeout]
  world.later(world.random() * 5, () => {
    if (driver.closed === null) world.send({ kind: 'decide', path, wait, body: { decision }, by: { type: 'deadline' } })
  })
}

function settle(driver: Driver, key: string, performed: Performed): void {
  const { state, schedule } = driver
  if (performed === 'void' || driver.closed !== null) return
  if (performed === 'parked') {
    driver.parked.add(key)
    return
  }
  if (isOver(state.run) || schedule.instances.get(key)?.phase === 'settled') return
  driver.record(performed)
}

function setTimer(driver: Driver): void {
  const { state, schedule, world } = driver
  const at = state.run.status === 'running' ? nextWake(schedule) : null
  if (at === null || (driver.wakeAt !== null && driver.wakeAt <= at)) return
  driver.wakeAt = at
  world.later(Math.max(0, at - world.now), () => {
    driver.wakeAt = null
    pump(driver)
  })
}

/** One append at a time. A crash may come before it, or between it and whatever it lets happen. */
function flush(driver: Driver): void {
  const { world, epoch, unwritten: events, taken } = driver
  if (driver.isFlushing || driver.closed !== null || (events.length === 0 && taken.length === 0)) return
  driver.isFlushing = true
  driver.unwritten = []
  driver.taken = []
  world.later(world.random() * 4, () => {
    if (driver.closed !== null) return
    const isWritten = append(world.store, { epoch, first: driver.written + 1, events, taken })
    if (isWritten) world.appended(events)
    world.later(world.random() * 2, () => {
      if (driver.closed !== null) return
      driver.isFlushing = false
      driver.written += events.length
      if (!isWritten) driver.closed = 'lost'
      else if (isOver(driver.state.run) && driver.unwritten.length === 0) driver.closed = 'over'
      flush(driver)
    })
  })
}

/** May be called at any time and any number of times: each command is acted on once. */
export function takeCommands(driver: Driver): void {
  if (driver.closed !== null) return
  for (const command of driver.world.store.commands) {
    if (command.taken || command.id <= driver.lastCommand) continue
    driver.lastCommand = command.id
    driver.record(answerTo(driver, command))
    driver.taken.push(command.id)
    if (command.kind === 'resume' || command.kind === 'retry') unpark(driver)
  }
}

/** Enters nodes again that had stopped between two steps. */
function unpark({ parked, schedule }: Driver): void {
  for (const key of parked) {
    const instance = schedule.instances.get(key)
    if (instance?.phase === 'running') schedule.again.add(instance)
  }
  parked.clear()
}
