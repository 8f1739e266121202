import { deadAfterSeconds } from './take-over'
import { atWork, type Fleet, releaseResting, take } from './fleet'

const everyMs = 1_000

/**
 * The safety net under everything that is faster: runs without a driver, with a dead one, or whose time has come. What a
 * process holds itself it need not look for.
 */
const findSql = `
  select r.id from run r
  where r.finished_at is null
    and (
      (r.owner is null and (r.wake_at <= now() or r.status in ('queued', 'running')))
      or (r.owner is not null and r.owner not in (
        select id from process where heartbeat_at > now() - interval '${deadAfterSeconds} seconds'))
    )
  order by r.id limit $1`

export function keepSweeping(fleet: Fleet) {
  let running: Promise<void> | null = null
  const look = () => {
    running ??= sweep(fleet)
      .catch((error) => fleet.deps.report(error, { doing: 'sweep' }))
      .finally(() => {
        running = null
      })
  }
  const timer = setInterval(look, everyMs)
  look()
  return { stop: () => clearInterval(timer) }
}

async function sweep(fleet: Fleet): Promise<void> {
  await releaseResting(fleet)
  const busy = [...fleet.drives.values()].filter(atWork).length
  const room = fleet.limits.runs - busy
  if (room <= 0 || fleet.stopping) return
  const { rows } = await fleet.deps.pool.query<{ id: string }>({ name: 'sweep', text: findSql, values: [Math.min(room, 100)] })
  await Promise.all(rows.map(({ id }) => (fleet.drives.has(id) ? null : take(fleet, id))))
}
