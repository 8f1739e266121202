import { isJobActive, noJobFor } from '@/server/queue/install'
import { type Fleet, releaseResting } from './fleet'
import { poke } from './poke'
import { deadAfterSeconds } from './take-over'

const everyMs = 1_000
/** Wake-ups before the next sweep are seen in this one, so that they are on time. */
const aheadMs = 1_500
const atATime = 2_000

const isAlive = `in (select id from process where heartbeat_at > now() - interval '${deadAfterSeconds} seconds')`

/**
 * The safety net under everything that is faster: runs without a driver, with a dead one, or whose time has come, and
 * commands that nobody heard of. Runs that have a job already are not looked at: they are on their way.
 */
const findSql = `
  select r.id, r.workspace_id as "workspaceId", false as here,
    case when r.owner is null and r.status not in ('queued', 'running')
      then greatest(0, extract(epoch from r.wake_at - now())::float8 * 1000) else 0 end as "inMs"
  from run r
  where r.finished_at is null
    and (
      (r.owner is null and (r.wake_at <= now() + interval '${aheadMs} milliseconds' or r.status in ('queued', 'running')))
      or (r.owner is not null and not r.owner ${isAlive})
    )
    and ${noJobFor('r.id')}
  union all
  select r.id, r.workspace_id, r.owner is not distinct from $2, 0
  from run r
  where r.id in (select run_id from run_command where taken_seq is null and created_at < now() - interval '1 second')
    and (r.owner is null or r.owner = $2 or not r.owner ${isAlive})
    and ${noJobFor('r.id')}
  limit $1`

/** Runs whose process died before it could say that it has them. */
const abandonedSql = `
  select r.id from run r
  where r.finished_at is null and r.owner is not null and not r.owner ${isAlive} and ${isJobActive('r.id')}
  limit 100`

/** A job that failed comes back after so long. */
const backAfterMs = 1_100

type Found = { id: string; workspaceId: string; here: boolean; inMs: number }

export function keepSweeping(fleet: Fleet) {
  const { deps, distribution, queue } = fleet
  const wakeUps = new Map<string, NodeJS.Timeout>()
  let running: Promise<void> | null = null
  let count = 0

  const look = () => {
    running ??= sweep(fleet, wakeUps)
      .catch((error) => deps.report(error, { doing: 'sweep' }))
      .finally(() => {
        running = null
      })
    // Jobs whose sign got lost, or that come due by themselves.
    if (count++ % 5 === 0 || distribution.isRestless()) distribution.wake()
  }
  const timer = setInterval(look, everyMs)
  queue.started.then((open) => open && !fleet.stopping && look())
  return {
    stop: async () => {
      clearInterval(timer)
      for (const wakeUp of wakeUps.values()) clearTimeout(wakeUp)
      await running
    },
  }
}

async function sweep(fleet: Fleet, wakeUps: Map<string, NodeJS.Timeout>): Promise<void> {
  const { deps, distribution, drives, queue } = fleet
  await releaseResting(fleet)
  if (fleet.stopping || !queue.isReady()) return
  for (const [runId, workspaceId] of fleet.lost) distribution.offer({ runId, workspaceId })
  fleet.lost.clear()
  await bringBack(fleet)
  const { rows } = await deps.pool.query<Found>({ name: 'sweep', text: findSql, values: [atATime, deps.processId] })
  for (const { id: runId, workspaceId, here, inMs } of rows) {
    if (fleet.stopping) return
    if (here && drives.has(runId)) await poke(fleet, runId)
    else if (drives.has(runId) || fleet.taking.has(runId) || wakeUps.has(runId)) continue
    else if (inMs === 0) distribution.offer({ runId, workspaceId })
    else {
      const wakeUp = () => {
        wakeUps.delete(runId)
        distribution.offer({ runId, workspaceId })
      }
      wakeUps.set(runId, setTimeout(wakeUp, inMs))
    }
  }
}

async function bringBack({ deps, queue, distribution }: Fleet): Promise<void> {
  const { rows } = await deps.pool.query<{ id: string }>({ name: 'find-abandoned', text: abandonedSql })
  if (rows.length === 0) return
  await queue.abandoned(rows.map(({ id }) => id))
  setTimeout(() => distribution.wake(), backAfterMs)
}
