import { isOver } from '@/engine/run/state'
import { insertCommand } from './commands-sql'
import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'
import { flush, lose } from './flush'
import { goOn, takeOver } from './take-over'
import { takeCommands } from './take-commands'

/** All runs that this process drives. */
export type Fleet = {
  deps: RuntimeDeps
  /** Working or waiting. */
  drives: Map<string, Drive>
  /** Runs being taken over right now. */
  taking: Map<string, Promise<boolean>>
  limits: Limits
  stopping: boolean
}

export type Limits = {
  /** Runs at work at a time, in all and of one workspace. */
  runs: number
  runsPerWorkspace: number
  /** Runs that only wait and are kept in memory all the same, so that going on costs nothing. */
  resting: number
}

/** Runs that have something to do; those that only wait hold no slot. */
export const atWork = (drive: Drive): boolean =>
  drive.working.size > 0 || drive.flushing !== null || drive.unwritten.events.length > 0

export function hasRoom(fleet: Fleet, workspaceId: string): boolean {
  if (fleet.stopping) return false
  if (fleet.drives.size < Math.min(fleet.limits.runs, fleet.limits.runsPerWorkspace)) return true
  let all = 0
  let own = 0
  for (const drive of fleet.drives.values()) {
    if (!atWork(drive)) continue
    all++
    if (drive.workspaceId === workspaceId) own++
  }
  return all < fleet.limits.runs && own < fleet.limits.runsPerWorkspace
}

/** Somebody sent the run something: its driver looks, and a run without a driver gets one. */
export async function poke(fleet: Fleet, runId: string): Promise<void> {
  const drive = fleet.drives.get(runId)
  if (drive) return takeCommands(drive, fleet.deps)
  await take(fleet, runId, true)
}

/** Takes a run over unless somebody drives it. True: this process drives it now. */
export function take(fleet: Fleet, runId: string, evenOver = false): Promise<boolean> {
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
  await goOn(drive, fleet.deps, died)
  return true
}

/** Lets go of what is over, lost, or has waited for long. */
export function watchEnd(fleet: Fleet, drive: Drive): void {
  drive.afterFlush = () => {
    if (drive.closed === 'lost') return void fleet.drives.delete(drive.runId)
    if (!isOver(drive.state.run) || drive.unwritten.events.length > 0) return
    drive.closed = 'over'
    if (drive.timer) clearTimeout(drive.timer)
    fleet.drives.delete(drive.runId)
    tellParent(fleet, drive)
  }
}

function tellParent({ deps }: Fleet, { runId, state }: Drive): void {
  if (!state.parent) return
  const { runId: parent, path } = state.parent
  const body = { runId, status: state.run.status }
  insertCommand(deps.pool, { runId: parent, kind: 'child', path, body, by: { type: 'run', id: runId } }).catch((error) =>
    deps.report(error, { run: runId }),
  )
}

/** Writes what is left and gives the run back, so that any process may go on with it at once. */
export async function handOver(fleet: Fleet, drive: Drive): Promise<void> {
  await flush(drive, fleet.deps).catch(() => {})
  fleet.drives.delete(drive.runId)
  if (drive.closed) return
  lose(drive)
  await fleet.deps.pool.query(
    'update run set owner = null, handed_over = true, wake_at = to_timestamp($3 / 1000.0) where id = $1 and epoch = $2 and finished_at is null',
    [drive.runId, drive.epoch, drive.schedule.wakeups[0]?.at ?? null],
  )
}

/** Runs that only wait, the longest known first, beyond what may stay in memory. */
export async function releaseResting(fleet: Fleet): Promise<void> {
  const resting = [...fleet.drives.values()].filter((drive) => !atWork(drive))
  for (const drive of resting.slice(0, Math.max(0, resting.length - fleet.limits.resting))) {
    if (!atWork(drive)) await handOver(fleet, drive)
  }
}
