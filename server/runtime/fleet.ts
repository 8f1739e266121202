import { isOver } from '@/engine/run/state'
import type { Queue } from '@/server/queue/queue'
import type { RuntimeDeps } from './deps'
import type { Distribution } from './distribute'
import { type Drive, wakeAt } from './drive'
import { faultPoint } from './fault'
import { flush, lose } from './flush'
import type { Relay } from './relay'
import { atWork, type Batch } from './room'
import { takeCommands } from './take-commands'
import { goOn, takeOver } from './take-over'

/** All runs that this process drives. */
export type Fleet = {
  deps: RuntimeDeps
  /** Working or waiting. */
  drives: Map<string, Drive>
  /** Runs being taken over right now. */
  taking: Map<string, Promise<boolean>>
  /** Slots held for runs that are just being started or taken over, with their workspaces. */
  reserved: Map<string, string>
  /** What the queue was asked for and has not answered yet. */
  fetching: Batch | null
  /** Runs that this process could not write to any more, with their workspaces: perhaps nobody drives them. */
  lost: Map<string, string>
  limits: Limits
  queue: Queue
  distribution: Distribution
  relay: Relay
  stopping: boolean
}

export type Limits = {
  /** Runs at work at a time, in all and of one workspace. */
  runs: number
  runsPerWorkspace: number
  /** Runs that only wait and are kept in memory all the same, so that going on costs nothing. */
  resting: number
  /** Runs of the whole system that wait for a slot, beyond which new ones are told to come back later. */
  waiting: number
}

/** Takes a run over unless somebody drives it. True: this process drives it now. */
export function take(fleet: Fleet, runId: string, evenOver = false): Promise<boolean> {
  if (fleet.drives.has(runId)) return Promise.resolve(true)
  const known = fleet.taking.get(runId)
  if (known) return known
  const taking = takeNow(fleet, runId, evenOver).finally(() => fleet.taking.delete(runId))
  fleet.taking.set(runId, taking)
  return taking
}

async function takeNow(fleet: Fleet, runId: string, evenOver: boolean): Promise<boolean> {
  if (fleet.stopping) return false
  const taken = await takeOver(fleet.deps, runId, evenOver)
  if (!taken) return false
  const { drive, died } = taken
  fleet.drives.set(runId, drive)
  watchEnd(fleet, drive)
  try {
    await goOn(drive, fleet.deps, died)
  } catch (error) {
    // Nobody would look at it again as long as it is known here.
    await handOver(fleet, drive, { write: false }).catch(() => fleet.lost.set(runId, drive.workspaceId))
    throw error
  }
  // The command for which a run that is over was taken may have been answered by its last driver in that very moment.
  if (isOver(drive.state.run) && !atWork(drive)) await handOver(fleet, drive)
  return true
}

/** Lets go of what is over, lost, or has waited for long. */
export function watchEnd(fleet: Fleet, drive: Drive): void {
  drive.look = () => {
    takeCommands(drive, fleet.deps).catch((error) => fleet.deps.report(error, { run: drive.runId }))
  }
  drive.afterFlush = () => {
    letGo(fleet, drive)
    if (!atWork(drive)) fleet.distribution.freed()
  }
  fleet.relay.driven(drive)
}

function letGo(fleet: Fleet, drive: Drive): void {
  if (drive.closed === 'lost') {
    if (fleet.drives.get(drive.runId) === drive) fleet.drives.delete(drive.runId)
    if (drive.create === null) fleet.lost.set(drive.runId, drive.workspaceId)
    return
  }
  if (!isOver(drive.state.run) || drive.unwritten.events.length > 0) return
  drive.closed = 'over'
  if (drive.timer) clearTimeout(drive.timer)
  fleet.drives.delete(drive.runId)
}

/** Writes what is left and gives the run back, so that any process may go on with it at once. */
export async function handOver(fleet: Fleet, drive: Drive, { write } = { write: true }): Promise<void> {
  if (write) await flush(drive, fleet.deps).catch(() => {})
  fleet.drives.delete(drive.runId)
  if (drive.closed) return
  faultPoint('before hand-over')
  lose(drive)
  await fleet.deps.pool.query(
    'update run set owner = null, handed_over = true, wake_at = to_timestamp($3::float8 / 1000.0) where id = $1 and epoch = $2',
    [drive.runId, drive.epoch, isOver(drive.state.run) ? null : wakeAt(drive)],
  )
}

/**
 * Gives everything back. Nodes stop at their next step; the steps that are being done get a little time to be recorded,
 * so that whoever goes on need not do them again.
 */
export async function handOverAll(fleet: Fleet, graceMs: number): Promise<void> {
  const { drives } = fleet
  for (const drive of drives.values()) drive.leaving = true
  const until = performance.now() + graceMs
  const isBusy = () => [...drives.values()].some(({ working }) => working.size > 0)
  while (isBusy() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
  await Promise.allSettled([...drives.values()].map((drive) => handOver(fleet, drive)))
}

/** Runs that only wait, the longest known first, beyond what may stay in memory. */
export async function releaseResting(fleet: Fleet): Promise<void> {
  const resting = [...fleet.drives.values()].filter((drive) => !atWork(drive))
  for (const drive of resting.slice(0, Math.max(0, resting.length - fleet.limits.resting))) {
    if (!atWork(drive) && !drive.breathing) await handOver(fleet, drive)
  }
}
