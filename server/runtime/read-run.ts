import type { Pool } from 'pg'
import type { Json } from '@/engine/json'
import { isInline, type Ref } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import type { RunState } from '@/engine/run/state'
import { isUuid } from '@/server/uuid'

/** Events of a run behind `after`, in order. */
export async function readEvents(pool: Pool, runId: string, after = 0, limit = 1_000_000): Promise<RunEvent[]> {
  const { rows } = await pool.query<{ event: string }>({
    name: 'read-events',
    text: 'select event from run_event where run_id = $1 and seq > $2 order by seq limit $3',
    values: [runId, after, limit],
  })
  return rows.map(({ event }) => JSON.parse(event) as RunEvent)
}

/** Null when there is no such run. */
export async function readState(pool: Pool, runId: string): Promise<RunState | null> {
  const events = await readEvents(pool, runId)
  return events.length === 0 ? null : replay(events)
}

export async function isInWorkspace(pool: Pool, workspaceId: string, runId: string): Promise<boolean> {
  if (!isUuid(runId)) return false
  const { rowCount } = await pool.query('select 1 from run where id = $1 and workspace_id = $2', [runId, workspaceId])
  return rowCount === 1
}

/** Fetches the values that are too large for events, each once. */
export async function loadPayloads(
  pool: Pool,
  workspaceId: string,
  refs: Iterable<Ref>,
  into: Map<string, Json>,
): Promise<void> {
  const missing = new Set<string>()
  for (const ref of refs) if (!isInline(ref) && !into.has(ref.hash)) missing.add(ref.hash)
  if (missing.size === 0) return
  const { rows } = await pool.query<{ hash: string; body: string }>(
    'select hash, body from payload where workspace_id = $1 and hash = any($2)',
    [workspaceId, [...missing]],
  )
  for (const { hash, body } of rows) into.set(hash, JSON.parse(body) as Json)
}

export async function loadPayload(pool: Pool, workspaceId: string, hash: string): Promise<Json> {
  const { rows } = await pool.query<{ body: string }>(
    'select body from payload where workspace_id = $1 and hash = $2',
    [workspaceId, hash],
  )
  return rows[0] ? (JSON.parse(rows[0].body) as Json) : null
}
