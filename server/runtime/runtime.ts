import type { RunState } from '@/engine/run/state'
import { DriveRun } from '@/server/queue/catalogue'
import { createQueue } from '@/server/queue/queue'
import { commandChannel } from './commands-sql'
import type { RuntimeDeps } from './deps'
import { createDistribution, workChannel } from './distribute'
import type { Drive } from './drive'
import { faultPoint } from './fault'
import { type Fleet, handOverAll, type Limits, watchEnd } from './fleet'
import { flush, LostRun } from './flush'
import { keepHeart } from './heart'
import { keepHouse } from './housekeeping'
import { listen } from './listen'
import { poke, pokeAll } from './poke'
import { pump } from './pump'
import { readState } from './read-run'
import { createRelay } from './relay'
import { relayChannel } from './relay-wire'
import { hasRoom, reserve, type Seat } from './room'
import { sendCommand } from './send'
import { prepareRun } from './start'
import { handleStuck } from './stuck'
import { keepSweeping } from './sweep'
import type { Runtime, StartAnswer, StartRequest } from './types'
import { untilSettled } from './until-settled'

export const defaultLimits: Limits = { runs: 256, runsPerWorkspace: 224, resting: 1_000, waiting: 10_000 }

/** Appends waiting for the disk beyond which new runs are told to come back later. */
const fullAt = 4_000

export type RuntimeOptions = {
  limits?: Partial<Limits>
  /** Drives runs; a web process only accepts them. */
  works: boolean
  address?: string
  /** No other process can be on this database: whatever it says of one is history. */
  alone?: boolean
  /** How long steps that are being done are waited for when the process stops. */
  graceMs?: number
}

/** The part of the server that keeps runs going. */
export async function createRuntime(
  given: RuntimeDeps,
  { limits, works, address, alone = false, graceMs = 5_000 }: RuntimeOptions,
): Promise<Runtime & { fleet: Fleet }> {
  if (alone) await given.pool.query('delete from process')
  const fleet = createFleet(given, { ...defaultLimits, ...limits }, { works, alone })
  const { deps, distribution, queue, relay } = fleet
  const heart = await keepHeart(deps, works ? 'worker' : 'web', address ?? null)
  const driving = { [commandChannel]: (runId: string) => poke(fleet, runId), [workChannel]: distribution.wake }
  const ears = await listen(deps, { ...(works ? driving : {}), [relayChannel]: relay.hear }, () => {
    relay.catchUp()
    distribution.wake()
    pokeAll(fleet)
  })
  const sweep = works ? keepSweeping(fleet) : null
  if (works) doChores(fleet)

  return {
    fleet,
    start: (request) => start(fleet, request, works),
    send: async (workspaceId, runId, command) => {
      const answer = await sendCommand(deps.pool, workspaceId, runId, command)
      if (answer.type === 'accepted' && works) poke(fleet, runId).catch((error) => deps.report(error, { run: runId }))
      return answer
    },
    watch: (runId, hear) => deps.hub.watch(runId, hear),
    untilSettled: (runId, signal) => untilSettled(fleet, runId, signal),
    read: (runId) => readState(deps.pool, runId),
    ready: async () => {
      const database = await deps.pool.query('select 1').then(
        () => true,
        () => false,
      )
      return { database, queue: database && ears.alive() && queue.isReady() }
    },
    stop: async () => {
      fleet.stopping = true
      await sweep?.stop()
      await distribution.rest()
      await ears.stop()
      await Promise.allSettled(fleet.taking.values())
      await handOverAll(fleet, graceMs)
      await deps.log.close()
      await queue.stop()
      relay.stop()
      await heart.stop()
    },
  }
}

function createFleet(given: RuntimeDeps, limits: Limits, { works, alone }: { works: boolean; alone: boolean }): Fleet {
  const drives: Fleet['drives'] = new Map()
  const { pool, jobs, hub, processId, report } = given
  const relay = createRelay({ pool, hub, processId, report, alone, driveOf: (runId) => drives.get(runId) })
  // From here on everybody speaks and listens through the relay.
  const deps = { ...given, hub: relay.hub }
  const queue = createQueue({ pool: jobs, report, works, alone })
  const base = {
    deps,
    queue,
    drives,
    taking: new Map(),
    reserved: new Map(),
    fetching: null,
    lost: new Map(),
    limits,
    stopping: false,
    relay,
  }
  const fleet: Fleet = Object.assign(base, {
    distribution: createDistribution(() => fleet, { pool, report, queue }, works),
  })
  return fleet
}

/** What any one of the processes does for all of them. */
function doChores(fleet: Fleet): void {
  const { deps, queue } = fleet
  const complain = (error: unknown) => {
    if (!fleet.stopping) deps.report(error, { doing: 'queue' })
  }
  queue.work('stuck-run', 5, (data) => handleStuck(fleet, DriveRun.parse(data))).catch(complain)
  queue.work('housekeeping', 60, () => keepHouse(deps.pool)).catch(complain)
}

async function start(fleet: Fleet, request: StartRequest, works: boolean): Promise<StartAnswer> {
  const { deps } = fleet
  if (fleet.stopping || deps.log.pending() > fullAt) return { type: 'busy', retryAfterSeconds: 2 }
  // A child that was started before by the same step may be at work right here.
  if (request.parent && fleet.drives.has(request.parent.id)) return { type: 'repeated', runId: request.parent.id }
  const here = works && hasRoom(fleet, request.workspaceId)
  if (!here && !request.parent && (await fleet.distribution.isFull())) return { type: 'busy', retryAfterSeconds: 5 }
  if (!here) return startElsewhere(fleet, await prepareRun(deps, request, false), request)
  const seat = reserve(fleet, request.workspaceId)
  try {
    return await startHere(fleet, request, seat)
  } finally {
    seat.leave()
  }
}

async function startHere(fleet: Fleet, request: StartRequest, seat: Seat): Promise<StartAnswer> {
  const { deps } = fleet
  const drive = await prepareRun(deps, request, true)
  seat.take(drive.runId)
  fleet.drives.set(drive.runId, drive)
  watchEnd(fleet, drive)
  const settled = new Promise<RunState | null>((resolve) =>
    drive.waiters.add(() => resolve(drive.closed === 'lost' ? null : drive.state)),
  )
  // Runs that somebody waits for are durable before they are answered; the others before they are accepted.
  if (!request.attended || request.idempotency || request.parent) {
    const known = await flush(drive, deps).then(
      () => null,
      (error) => existing(fleet, request, error),
    )
    if (known) return known
  }
  faultPoint('started')
  pump(drive, deps)
  return { type: 'started', runId: drive.runId, settled }
}

/** No room here: the row is on disk, and whoever has room takes it. */
async function startElsewhere(
  { deps, distribution }: Fleet,
  drive: Drive,
  request: StartRequest,
): Promise<StartAnswer> {
  try {
    await flush(drive, deps)
  } catch (error) {
    const known = await existingRun(deps, request, error)
    if (known) return known
    throw error
  }
  distribution.offer({ runId: drive.runId, workspaceId: drive.workspaceId })
  return { type: 'repeated', runId: drive.runId }
}

async function existing(fleet: Fleet, request: StartRequest, error: unknown): Promise<StartAnswer> {
  const known = await existingRun(fleet.deps, request, error)
  if (known) return known
  throw error
}

/** The run was there before: by its idempotency key, or as the child of the same step. */
async function existingRun(deps: RuntimeDeps, request: StartRequest, error: unknown): Promise<StartAnswer | null> {
  if (!(error instanceof LostRun) || error.why !== 'exists') return null
  if (request.parent) return { type: 'repeated', runId: request.parent.id }
  const { idempotency, workspaceId } = request
  if (!idempotency) return null
  const { rows } = await deps.pool.query<{ id: string; idempotency_hash: string }>(
    'select id, idempotency_hash from run where workspace_id = $1 and idempotency_key = $2',
    [workspaceId, idempotency.key],
  )
  const run = rows[0]
  if (!run) return null
  return { type: run.idempotency_hash === idempotency.bodyHash ? 'repeated' : 'conflict', runId: run.id }
}
