import { Prisma as Sql } from '@/generated/prisma/client'
import type { Prisma } from '@/server/db/prisma'

export type PlaceRow = {
  runId: string
  workflowId: string | null
  version: number | null
  graphHash: string
  status: string
  path: string
  wait: number
  since: number
  /** The log's own words about what is asked. */
  event: string | null
}

/**
 * Where runs wait for a person and nobody has decided yet. Which runs do is in a small index, and their places stand in
 * the row's summary; a decision that is accepted but not yet taken counts.
 */
const places = (workspaceId: string, atMostRuns?: number) => Sql.sql`
  select r.id as "runId", r.workflow_id as "workflowId", r.version, r.graph_hash as "graphHash", r.status,
    p.path, p.wait, p.since, p.seq
  from (
    select * from run
    where workspace_id = ${workspaceId}::uuid and asked_at is not null
    ${atMostRuns === undefined ? Sql.empty : Sql.sql`order by asked_at limit ${atMostRuns}`}
  ) as r
  cross join lateral jsonb_to_recordset(r.summary->'waitingFor') as p(path text, reason text, wait int, since float8, seq int)
  where p.reason in ('approval', 'tool_approval', 'doubt')
    and not exists (select from run_command c where c.run_id = r.id and c.path = p.path and c.wait = p.wait)`

export type After = { since: number; runId: string; path: string }

/** The longest waiting first. */
export const selectWaitingPlaces = (
  db: Prisma,
  workspaceId: string,
  { after, limit }: { after: After | null; limit: number },
) =>
  db.$queryRaw<PlaceRow[]>`
    with place as (
      select * from (${places(workspaceId)}) as open
      where ${
        after === null
          ? Sql.sql`true`
          : Sql.sql`(since, "runId", path) > (${after.since}::float8, ${after.runId}::uuid, ${after.path}::text)`
      }
      order by since, "runId", path
      limit ${limit}
    )
    select place."runId", "workflowId", version, "graphHash", status, path, wait, since, e.event
    from place left join run_event e on e.run_id = place."runId" and e.seq = place.seq
    order by since, "runId", path`

export const selectWaitingPlace = (db: Prisma, workspaceId: string, runId: string, path: string) =>
  db.$queryRaw<PlaceRow[]>`
    select place."runId", "workflowId", version, "graphHash", status, path, wait, since, e.event
    from (${places(workspaceId)}) as place
    left join run_event e on e.run_id = place."runId" and e.seq = place.seq
    where place."runId" = ${runId}::uuid and path = ${path}`

type Count = { count: number; stamp: string | null }

/**
 * How many there are, and a text that is another one whenever the list is. Asked every second while somebody looks, so
 * not more than `most` runs are looked at.
 */
export async function countWaitingPlaces(db: Prisma, workspaceId: string, most: number): Promise<Count> {
  const [row] = await db.$queryRaw<Count[]>`
    select count(*)::int as count, md5(string_agg(concat_ws(' ', "runId", path, wait), ',' order by "runId", path)) as stamp
    from (select "runId", path, wait from (${places(workspaceId, most)}) as open limit ${most}) as counted`
  return row ?? { count: 0, stamp: null }
}
