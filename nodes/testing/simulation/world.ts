import type { Plan } from '@/engine/plan/plan'
import type { RunEvent } from '@/engine/run/events'
import { type Heap, popHeap, pushHeap } from '@/engine/run/heap'
import { seededRandom } from '@/engine/testing/random'
import type { Driver } from './driver'
import { type Command, newStore, type Store } from './store'

/** How much goes wrong, each from 0 (never) to 1. */
export type Faults = {
  crashes: number
  zombies: number
  persons: number
  cancels: number
  retries: number
  /** People who never answer leave a run waiting for good. */
  silent: boolean
  /** The most crashes that count towards quarantine. */
  mostDeaths: number
}

export const noFaults: Faults = {
  crashes: 0,
  zombies: 0,
  persons: 0,
  cancels: 0,
  retries: 0,
  silent: false,
  mostDeaths: 0,
}

/** Time, chance and the database of one simulated run. Nothing in it depends on anything but the seed. */
export type World = {
  plan: Plan
  faults: Faults
  now: number
  random: () => number
  store: Store
  tasks: Heap<() => void>
  /** What a virtual worker ran into while nobody was looking. */
  broken: { error: unknown } | null
  sleep: (ms: number) => Promise<void>
  later: (ms: number, task: () => void) => void
  /** Sends a command to whoever drives the run. */
  send: (command: Omit<Command, 'id' | 'taken'>) => void
  /** Told after each append that counted. */
  appended: (events: readonly RunEvent[]) => void
  /** Told whenever a driver has done all that may happen now. */
  rested: (driver: Driver) => void
}

export function newWorld(plan: Plan, seed: number, faults: Faults): World {
  const random = seededRandom(seed)
  const world: World = {
    plan,
    faults,
    now: 1_000_000,
    random,
    store: newStore(),
    tasks: [],
    send: () => {},
    appended: () => {},
    rested: () => {},
    broken: null,
    sleep: (ms) => new Promise((resolve) => world.later(ms, resolve)),
    // A little chance decides between things that are due at once.
    later: (ms, task) => pushHeap(world.tasks, world.now + ms + random() * 0.01, task),
  }
  return world
}

/** Does the next thing in virtual time and everything that follows at once. False: nothing is left to do. */
export async function doNext(world: World): Promise<boolean> {
  const at = world.tasks[0]?.at
  const task = popHeap(world.tasks)
  if (at === undefined || !task) return false
  world.now = Math.max(world.now, at)
  task()
  await new Promise(setImmediate)
  if (world.broken) throw world.broken.error
  return true
}
