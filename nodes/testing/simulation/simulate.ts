import type { Plan } from '@/engine/plan/plan'
import type { RunEvent } from '@/engine/run/events'
import { reduce, replay } from '@/engine/run/reduce'
import { isOver, type RunState } from '@/engine/run/state'
import { needsPerson } from '@/engine/run/summary'
import { numberOf } from '@/engine/testing/random'
import { compareSchedules } from './compare-schedules'
import { type Driver, pump, takeCommands, takeOver } from './driver'
import { append, insertCommand, type Store } from './store'
import { refOf } from './values'
import { doNext, type Faults, newWorld, type World } from './world'

export type Simulated = { plan: Plan; store: Store; state: RunState }

/** Everything that goes wrong does so in this time; then it must be possible to finish. */
const horizon = 800
const mostTasks = 100_000

/** One run from start to end, by workers that crash, come back from the dead and are told everything twice. */
export async function simulate(plan: Plan, seed: number, faults: Faults): Promise<Simulated> {
  const world = newWorld(plan, seed, faults)
  const { store } = world
  const created: RunEvent = {
    type: 'run.created',
    v: 1,
    seq: 1,
    at: world.now,
    trigger: 'api',
    input: refOf(store.values, { topic: 'tea' }),
  }
  append(store, { epoch: 0, first: 1, events: [created], taken: [] })
  const cast: Cast = { world, deaths: 0, retries: 2, current: takeOver(world, false), state: replay(store.log) }
  world.send = (command) => {
    if (insertCommand(store, command)) notify(cast)
  }
  world.appended = (events) => hear(cast, events)
  world.rested = (driver) => compareSchedules(plan, driver)
  planFaults(cast)
  for (let tasks = 0; tasks < mostTasks; tasks++) {
    if (await doNext(world)) continue
    if (!(await goOn(cast))) return { plan, store, state: replay(store.log) }
  }
  throw new Error('the run goes on for ever')
}

type Cast = { world: World; deaths: number; retries: number; current: Driver; state: RunState }

/** Nothing is left to do by itself. False: the run is over, or somebody who never answers is asked. */
async function goOn(cast: Cast): Promise<boolean> {
  const { world, state, current } = cast
  if (isOver(state.run)) return false
  if (current.closed !== null) {
    cast.current = takeOver(world, false)
    return true
  }
  if (state.run.status === 'paused') {
    world.send({ kind: 'resume', path: null, wait: null, body: {}, by: { type: 'person' } })
    return true
  }
  if (world.faults.silent && needsPerson(state)) return false
  throw new Error('the run is stuck')
}

/** A driver hears of every command at least once, often twice, and not always in time. */
function notify(cast: Cast): void {
  const { world } = cast
  const times = world.random() < 0.3 ? 2 : 1
  for (let time = 0; time < times; time++) {
    world.later(world.random() * 5, () => {
      takeCommands(cast.current)
      pump(cast.current)
    })
  }
}

/** Folds what reached the disk, and lets people answer and try again what they see there. */
function hear(cast: Cast, events: readonly RunEvent[]): void {
  const { world } = cast
  for (const event of events) {
    reduce(cast.state, event)
    if (event.type === 'node.waiting' && event.waiting.reason === 'approval') askPeople(world, event.path, event.wait)
  }
  const { status } = cast.state.run
  if (status !== 'failed' && status !== 'cancelled') return
  if (cast.retries === 0 || world.random() >= world.faults.retries) return
  cast.retries--
  world.later(20 + world.random() * 100, () => {
    insertCommand(world.store, { kind: 'retry', path: null, wait: null, body: {}, by: { type: 'person' } })
    cast.current.closed = 'over'
    cast.current = takeOver(world, false)
  })
}

function askPeople(world: World, path: string, wait: number): void {
  if (world.faults.silent && numberOf(path) % 4 === 0) return
  const decision = numberOf(path) % 3 === 0 ? 'rejected' : 'approved'
  const people = world.random() < 0.2 ? 2 : 1
  for (let person = 0; person < people; person++) {
    const row = { kind: 'decide' as const, path, wait, body: { decision }, by: { type: 'person' as const } }
    world.later(world.random() * 1500, () => world.send(row))
  }
}

function planFaults(cast: Cast): void {
  const { world } = cast
  const { crashes, zombies, persons, cancels } = world.faults
  const often = (chance: number, most: number, task: () => void) => {
    for (let time = 0; time < most; time++) {
      if (world.random() < chance) world.later(world.random() * horizon, task)
    }
  }
  const command = (kind: 'cancel' | 'pause' | 'resume') =>
    world.send({ kind, path: null, wait: null, body: {}, by: { type: 'person' } })
  often(crashes, 6, () => crash(cast))
  often(zombies, 3, () => replace(cast))
  often(persons, 2, () => {
    command('pause')
    world.later(world.random() * 300, () => command('resume'))
  })
  often(cancels, 1, () => command('cancel'))
}

function crash(cast: Cast): void {
  const dead = cast.current
  if (dead.closed !== null) return
  dead.closed = 'crashed'
  cast.world.later(5 + cast.world.random() * 40, () => {
    if (cast.current === dead) replace(cast)
  })
}

/** Another worker takes the run over. The one before may still be at work and not know. */
function replace(cast: Cast): void {
  if (isOver(cast.state.run)) return
  const died = cast.deaths < cast.world.faults.mostDeaths && cast.world.random() < 0.8
  if (died) cast.deaths++
  cast.current = takeOver(cast.world, died)
}
