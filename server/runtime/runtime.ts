import type { RunState } from '@/engine/run/state'
import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'
import { flush, isSettled, LostRun } from './flush'
import { type Fleet, handOver, hasRoom, type Limits, poke, watchEnd } from './fleet'
import { keepHeart } from './heart'
import { listen } from './listen'
import { pump } from './pump'
import { readState } from './read-run'
import { sendCommand } from './send'
import { prepareRun } from './start'
import { keepSweeping } from './sweep'
import type { Runtime, StartAnswer, StartRequest } from './types'

export const defaultLimits: Limits = { runs: 256, runsPerWorkspace: 224, resting: 1_000 }

/** Appends waiting for the disk beyond which new runs are told to come back later. */
const fullAt = 4_000

export type RuntimeOptions = { limits?: Partial<Limits>; /** Drives runs; a web process only accepts them. */ works: boolean; address?: string; /** No other process can be on this database: whatever the log says of one is history. */ alone?: boolean }

/** The part of the server that keeps runs going. */
export async function createRuntime(deps: RuntimeDeps, { limits, works, address, alone = false }: RuntimeOptions): Promise<Runtime & { fleet: Fleet }> {
  const fleet: Fleet = { deps, drives: new Map(), taking: new Map(), limits: { ...defaultLimits, ...limits }, stopping: false }
  if (alone) await deps.pool.query('delete from process')
  const heart = await keepHeart(deps, works ? 'worker' : 'web', address ?? null)
  const ears = await listen(deps, (runId) => poke(fleet, runId), works)
  const sweep = works ? keepSweeping(fleet) : null

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
      return { database, queue: database && ears.alive() }
    },
    stop: async () => {
      fleet.stopping = true
      sweep?.stop()
      await ears.stop()
      await Promise.allSettled(fleet.taking.values())
      await Promise.allSettled([...fleet.drives.values()].map((drive) => handOver(fleet, drive)))
      await deps.log.close()
      await heart.stop()
    },
  }
}

async function start(fleet: Fleet, request: StartRequest, works: boolean): Promise<StartAnswer> {
  const { deps } = fleet
  if (fleet.stopping || deps.log.pending() > fullAt) return { type: 'busy', retryAfterSeconds: 2 }
  const here = works && hasRoom(fleet, request.workspaceId)
  const drive = await prepareRun(deps, request, here)
  if (!here) return startElsewhere(deps, drive, request)
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
  pump(drive, deps)
  return { type: 'started', runId: drive.runId, settled }
}

/** No room here: the row is on disk, and whoever has room takes it. */
async function startElsewhere(deps: RuntimeDeps, drive: Drive, request: StartRequest): Promise<StartAnswer> {
  try {
    await flush(drive, deps)
  } catch (error) {
    const known = await existingRun(deps, request, error)
    if (known) return known
    throw error
  }
  await deps.pool.query(`select pg_notify('baton_work', $1)`, [drive.runId])
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

/** In this process the driver says so; of runs driven elsewhere the row does. */
async function untilSettled(fleet: Fleet, runId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const drive = fleet.drives.get(runId)
    if (drive && !isSettled(drive)) await once(signal, (done) => drive.waiters.add(done))
    const { rows } = await fleet.deps.pool.query<{ status: string; summary: { waitingFor?: { reason: string }[] } | null }>(
      'select status, summary from run where id = $1',
      [runId],
    )
    const row = rows[0]
    if (!row || isSettledRow(row.status, row.summary?.waitingFor ?? [])) return
    await once(signal, (done) => setTimeout(done, 250))
  }
}

const isSettledRow = (status: string, waiting: readonly { reason: string }[]): boolean =>
  ['completed', 'failed', 'cancelled', 'paused'].includes(status) ||
  (status === 'waiting' && waiting.some(({ reason }) => ['approval', 'tool_approval', 'doubt'].includes(reason)))

const once = (signal: AbortSignal, begin: (done: () => void) => unknown): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    begin(resolve)
  })

