import { hostname } from 'node:os'
import type { RuntimeDeps } from './deps'

const beatMs = 5_000

/** Says that this process is alive. Runs need no heartbeat of their own: they belong to a process. */
export async function keepHeart(deps: RuntimeDeps, role: string, address: string | null) {
  await deps.pool.query('insert into process (id, role, host, pid, address) values ($1, $2, $3, $4, $5)', [
    deps.processId,
    role,
    hostname(),
    process.pid,
    address,
  ])
  const beat = () =>
    deps.pool
      .query('update process set heartbeat_at = now() where id = $1', [deps.processId])
      .then(() => deps.clock.sync())
      .catch((error) => deps.report(error, { doing: 'heartbeat' }))
  const timer = setInterval(beat, beatMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await deps.pool.query('delete from process where id = $1', [deps.processId]).catch(() => {})
    },
  }
}
