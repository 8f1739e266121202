import type { Pool, PoolClient } from 'pg'
import type { Json } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import type { By } from '@/engine/run/events'

/** Where drivers listen for the ids of runs that somebody sent something. */
export const commandChannel = 'baton_command'

export type CommandRow = {
  id: number
  kind: 'cancel' | 'pause' | 'resume' | 'retry' | 'decide' | 'closed' | 'child'
  path: PathKey | null
  wait: number | null
  body: { [key: string]: Json }
  by: By
  createdAt: number
  taken: boolean
}

type Decision = {
  runId: string
  path: PathKey
  wait: number
  kind: 'decide' | 'closed'
  body: { [key: string]: Json }
  by: By
}

/** The unique index on (run, path, wait) lets one decision in. True: this one. */
export async function insertDecision(db: Pool | PoolClient, row: Decision): Promise<boolean> {
  const { rowCount } = await db.query(
    `with made as (
       insert into run_command (run_id, kind, path, wait, body, by) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning run_id
     ) select pg_notify('${commandChannel}', run_id::text) from made`,
    [row.runId, row.kind, row.path, row.wait, JSON.stringify(row.body), JSON.stringify(row.by)],
  )
  return rowCount === 1
}

type Plain = { runId: string; kind: CommandRow['kind']; path?: PathKey; body: { [key: string]: Json }; by: By }

export async function insertCommand(db: Pool | PoolClient, row: Plain): Promise<void> {
  await db.query(
    `with made as (
       insert into run_command (run_id, kind, path, body, by) values ($1, $2, $3, $4, $5) returning run_id
     ) select pg_notify('${commandChannel}', run_id::text) from made`,
    [row.runId, row.kind, row.path ?? null, JSON.stringify(row.body), JSON.stringify(row.by)],
  )
}

/** Wakes the drivers of runs that were sent something in another statement. */
export async function notify(db: Pool, sends: readonly { runId: string }[]): Promise<void> {
  await db.query(`select pg_notify('${commandChannel}', id) from unnest($1::text[]) as id`, [
    sends.map(({ runId }) => runId),
  ])
}

const columns = `id, kind, path, wait, body, by, extract(epoch from created_at)::float8 * 1000 as "createdAt", taken_seq is not null as taken`

export async function untakenCommands(db: Pool | PoolClient, runId: string): Promise<CommandRow[]> {
  const { rows } = await db.query<CommandRow>({
    name: 'untaken-commands',
    text: `select ${columns} from run_command where run_id = $1 and taken_seq is null order by id`,
    values: [runId],
  })
  return rows
}

/** The latest decision on a waiting place: of this wait, or of the last one there was. */
export async function decisionOn(
  db: Pool | PoolClient,
  runId: string,
  path: PathKey,
  wait: number | null,
): Promise<CommandRow | null> {
  const { rows } = await db.query<CommandRow>(
    `select ${columns} from run_command
     where run_id = $1 and path = $2 and wait is not null and ($3::int is null or wait = $3) order by wait desc limit 1`,
    [runId, path, wait],
  )
  return rows[0] ?? null
}
