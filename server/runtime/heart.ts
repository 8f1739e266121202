import { hostname } from 'node:os'
import type { RuntimeDeps } from './deps'
import { deadAfterSeconds } from './take-over'

export type Heartbeat = {
  everyMs: number
  /** After so long without a sign of life others take over its runs. At most what everybody else goes by. */
  missedAfterSeconds: number
}

export const defaultHeartbeat: Heartbeat = { everyMs: 5_000, missedAfterSeconds: deadAfterSeconds }

type Described = { role: string; address: string | null; heartbeat: Heartbeat }

/** Says that this process is alive. Runs need no heartbeat of their own: they belong to a process. */
export async function keepHeart(deps: RuntimeDeps, { role, address, heartbeat }: Described) {
  // Whoever wants to be missed earlier dates his signs of life back.
  const backdated = deadAfterSeconds - heartbeat.missedAfterSeconds
  const row = [deps.processId, role, hostname(), process.pid, address, backdated]
  const say = () =>
    // An insert, because others may have taken a process that was silent for long for gone and removed its row.
    deps.pool.query({
      name: 'heartbeat',
      text: `insert into process (id, role, host, pid, address, heartbeat_at)
        values ($1, $2, $3, $4, $5, now() - make_interval(secs => $6))
        on conflict (id) do update set heartbeat_at = excluded.heartbeat_at`,
      values: row,
    })
  await say()
  let saying = false
  const beat = async () => {
    if (saying) return
    saying = true
    try {
      await say()
      await deps.clock.sync()
    } catch (error) {
      deps.report(error, { doing: 'heartbeat' })
    }
    saying = false
  }
  const timer = setInterval(beat, heartbeat.everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await deps.pool.query('delete from process where id = $1', [deps.processId]).catch(() => {})
    },
  }
}
