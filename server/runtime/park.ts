import type { PoolClient } from 'pg'
import type { By, Fact, RunEvent } from '@/engine/run/events'
import { causeIdOf, describeCause } from './cause'
import { insertCommand } from './commands-sql'
import type { RuntimeDeps } from './deps'
import { deadAfterSeconds } from './take-over'

type Row = {
  epoch: number
  status: string
  over: boolean
  parent_run_id: string | null
  parent_path: string | null
  /** Commands that nobody could act on. */
  taken: number[]
  cancel: { by: By; reason: string | null } | null
  /** By the log itself, whatever the run's row says. */
  seq: number
}

const readSql = `
  select r.epoch, r.status, r.finished_at is not null as over, r.parent_run_id, r.parent_path,
    (select coalesce(max(seq), 0) from run_event where run_id = r.id) as seq,
    (select coalesce(json_agg(c.id), '[]') from run_command c where c.run_id = r.id and c.taken_seq is null) as taken,
    (select json_build_object('by', c.by, 'reason', c.body->>'reason') from run_command c
      where c.run_id = r.id and c.taken_seq is null and c.kind = 'cancel' order by c.id limit 1) as cancel
  from run r
  where r.id = $1 and (r.owner is null or r.owner not in (
    select id from process where heartbeat_at > now() - interval '${deadAfterSeconds} seconds'))
  for update of r`

const writeSql = `
  with moved as (
    update run set epoch = epoch + 1, next_seq = $2::int + 1, owner = null, handed_over = true, wake_at = null,
      status = $3, finished_at = case when $3 = 'cancelled' then to_timestamp($4::float8 / 1000) else finished_at end,
      summary = coalesce(summary, '{}') || $5::jsonb, asked_at = null,
      cause = case $3 when 'paused' then $8::uuid when 'cancelled' then null else cause end
    where id = $1
  ), taken as (
    update run_command set taken_seq = $2 where id = any($6::bigint[])
  )
  insert into run_event (run_id, seq, event) values ($1, $2, $7)`

/**
 * Takes a run out of the way that nobody can drive: its graph no longer compiles, its log can't be read. It is paused, so
 * that it costs nothing and a person may look; resumed, it is tried again. A cancel needs no driver. The log gets this
 * one event without being read, and not through the shared append, which a broken log must not hold up.
 */
export async function park(deps: RuntimeDeps, runId: string, why: string): Promise<void> {
  const client = await deps.pool.connect()
  try {
    await client.query('begin')
    const event = await write(client, deps, runId, why)
    await client.query('commit')
    if (event) deps.hub.say({ type: 'events', runId, events: [event] })
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function write(client: PoolClient, deps: RuntimeDeps, runId: string, why: string): Promise<RunEvent | null> {
  const { rows } = await client.query<Row>(readSql, [runId])
  const row = rows[0]
  // Somebody drives it after all, or it rests already.
  if (!row || (row.taken.length === 0 && (row.over || row.status === 'paused'))) return null
  const fact = factFor(row, why)
  const event: RunEvent = { ...fact, seq: row.seq + 1, at: deps.clock.now() }
  const status = fact.type === 'run.cancelled' ? 'cancelled' : fact.type === 'run.paused' ? 'paused' : row.status
  const summary = {
    waitingFor: [],
    ...(fact.type === 'run.paused'
      ? { paused: { reason: fact.reason, detail: fact.detail ?? null, at: event.at } }
      : {}),
  }
  const cause =
    fact.type === 'run.paused' ? causeIdOf(describeCause({ code: 'stuck', message: fact.detail ?? '' })) : null
  await client.query(writeSql, [
    runId,
    event.seq,
    status,
    event.at,
    JSON.stringify(summary),
    row.taken,
    JSON.stringify(event),
    cause,
  ])
  if (status === 'cancelled' && row.parent_run_id !== null && row.parent_path !== null) {
    const body = { runId, status }
    await insertCommand(client, {
      runId: row.parent_run_id,
      kind: 'child',
      path: row.parent_path,
      body,
      by: { type: 'run', id: runId },
    })
  }
  return event
}

function factFor({ over, cancel }: Row, why: string): Fact {
  if (over) return { type: 'note', text: `Nothing more can be done with this run: ${why}` }
  if (cancel)
    return { type: 'run.cancelled', by: cancel.by, ...(cancel.reason === null ? {} : { reason: cancel.reason }) }
  return { type: 'run.paused', reason: 'engine', detail: `Baton could not go on with this run: ${why}` }
}
