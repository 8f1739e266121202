import { mayHavePassed } from './event-log'
import { type Fleet, take } from './fleet'
import { park } from './park'
import { hasRoom } from './room'
import { takeCommands } from './take-commands'
import { deadAfterSeconds } from './take-over'

const findSql = `
  select r.workspace_id as "workspaceId",
    exists (select from run_command c where c.run_id = r.id and c.taken_seq is null and c.kind in ('cancel', 'pause')) as urgent
  from run r
  where r.id = $1
    and exists (select from run_command c where c.run_id = r.id and c.taken_seq is null)
    and (r.owner is null or r.owner not in (
      select id from process where heartbeat_at > now() - interval '${deadAfterSeconds} seconds'))`

/** Somebody sent the run something: its driver looks, and a run without a driver gets one. */
export async function poke(fleet: Fleet, runId: string): Promise<void> {
  const drive = fleet.drives.get(runId)
  if (drive) return takeCommands(drive, fleet.deps)
  const { rows } = await fleet.deps.pool.query<{ workspaceId: string; urgent: boolean }>({
    name: 'find-commanded',
    text: findSql,
    values: [runId],
  })
  const found = rows[0]
  if (!found) return
  // To stop something takes no slot worth speaking of, and must not wait until others are done.
  if (found.urgent) return stop(fleet, runId)
  if (hasRoom(fleet, found.workspaceId)) return void (await take(fleet, runId, true))
  fleet.distribution.offer({ runId, workspaceId: found.workspaceId })
}

async function stop(fleet: Fleet, runId: string): Promise<void> {
  try {
    await take(fleet, runId, true)
  } catch (error) {
    if (mayHavePassed(error)) throw error
    await park(fleet.deps, runId, error instanceof Error ? error.message : String(error))
  }
}

/** After a time without ears: what was sent to the runs that are driven here. */
export function pokeAll({ drives }: Fleet): void {
  for (const drive of drives.values()) drive.look()
}
