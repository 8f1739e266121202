import { hostname } from 'node:os'
import type { RuntimeDeps } from './deps'

const everyMs = 5_000

/** Says that this process is alive. Runs need no heartbeat of their own: they belong to a process. */
export async function keepHeart(deps: RuntimeDeps, role: string, address: string | null) {
  const row = [deps.processId, role, hostname(), process.pid, address]
  const say = () =>
    // An insert, because others may have taken a process that was silent for long for gone and removed its row.
    deps.pool.query({
      name: 'heartbeat',
      text: `insert into process (id, role, host, pid, address) values ($1, $2, $3, $4, $5)
        on conflict (id) do update set heartbeat_at = now()`,
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
  const timer = setInterval(beat, everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await deps.pool.query('delete from process where id = $1', [deps.processId]).catch(() => {})
    },
  }
}
