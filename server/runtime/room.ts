import type { Drive } from './drive'
import type { Fleet } from './fleet'

/** Runs that have something to do; those that only wait hold no slot. */
export const atWork = (drive: Drive): boolean =>
  drive.working.size > 0 || drive.breathing || drive.flushing !== null || drive.unwritten.events.length > 0

/** Slots in use: in all, and of each workspace. Runs that are just being taken over hold theirs already. */
export type Used = { all: number; of: Map<string, number> }

export function usedSlots(fleet: Fleet): Used {
  const used: Used = { all: 0, of: new Map() }
  const count = (workspaceId: string) => {
    used.all++
    used.of.set(workspaceId, (used.of.get(workspaceId) ?? 0) + 1)
  }
  for (const drive of fleet.drives.values())
    if (atWork(drive) && !fleet.reserved.has(drive.runId)) count(drive.workspaceId)
  for (const workspaceId of fleet.reserved.values()) count(workspaceId)
  used.all += fleet.fetching?.count ?? 0
  return used
}

export function hasRoom(fleet: Fleet, workspaceId: string): boolean {
  const { drives, reserved, fetching, limits, stopping } = fleet
  if (stopping) return false
  const asked = fetching?.count ?? 0
  // Some count twice here; this only saves looking closely as long as there is plenty of room.
  if (drives.size + reserved.size + asked < Math.min(limits.runs, limits.runsPerWorkspace)) return true
  const used = usedSlots(fleet)
  const mayCome = fetching?.except.includes(workspaceId) ? 0 : asked
  return used.all < limits.runs && (used.of.get(workspaceId) ?? 0) + mayCome < limits.runsPerWorkspace
}

let seats = 0

export type Seat = { /** The run that it is for is known now. */ take: (runId: string) => void; leave: () => void }

/** Holds a slot without a gap, from the moment that there was one until the run is at work. */
export function reserve({ reserved, distribution }: Fleet, workspaceId: string): Seat {
  let key = `seat ${seats++}`
  reserved.set(key, workspaceId)
  return {
    take: (runId) => {
      reserved.delete(key)
      key = runId
      reserved.set(key, workspaceId)
    },
    leave: () => {
      reserved.delete(key)
      distribution.freed()
    },
  }
}

export type Batch = { count: number; except: string[] }

/**
 * How many runs may be taken from the queue at once, and of which workspaces none. However the jobs of the answer are
 * spread, no workspace gets above its share by them.
 */
function batchWithin(fleet: Fleet, used: Used, share: number): Batch | null {
  const free = fleet.limits.runs - used.all
  if (free <= 0 || fleet.stopping) return null
  const except: string[] = []
  let most = 0
  for (const [workspaceId, count] of used.of) {
    if (count >= share) except.push(workspaceId)
    else most = Math.max(most, count)
  }
  return { count: Math.min(free, share - most, largestBatch), except }
}

const largestBatch = 64

/** Only workspaces that have less than an even share of the slots: whoever waits behind somebody's long queue goes first. */
export function fairBatch(fleet: Fleet): Batch | null {
  const used = usedSlots(fleet)
  const { runs, runsPerWorkspace } = fleet.limits
  return batchWithin(fleet, used, Math.max(1, Math.min(runsPerWorkspace, Math.floor(runs / (used.of.size + 1)))))
}

/** Anybody below the limit. */
export const openBatch = (fleet: Fleet): Batch | null =>
  batchWithin(fleet, usedSlots(fleet), fleet.limits.runsPerWorkspace)
