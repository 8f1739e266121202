import { Prisma as Sql } from '@/generated/prisma/client'
import type { Prisma } from '@/server/db/prisma'

export type CauseRow = {
  cause: string
  count: number
  first: Date
  last: Date
  /** The newest run of the group. */
  runId: string
  status: string
  summary: unknown
  workflows: readonly { id: string; count: number }[]
}

/** When a run came to rest. One that nobody could drive has no end, but the moment when it was put aside. */
const restedAt = Sql.sql`coalesce(r.finished_at, to_timestamp((r.summary->'paused'->>'at')::float8 / 1000), r.created_at)`

/** Runs that failed or are stuck. One that was sent on its way again is none, even if nobody has taken it yet. */
const dead = (workspaceId: string, atMost?: number) => Sql.sql`
  select r.id, r.cause, r.status, r.workflow_id, date_trunc('milliseconds', ${restedAt}) as at
  from run r
  where r.workspace_id = ${workspaceId}::uuid and r.cause is not null
    and not exists (select from run_command c where c.run_id = r.id and c.taken_seq is null)
  ${atMost === undefined ? Sql.empty : Sql.sql`order by r.cause limit ${atMost}`}`

export type AfterCause = { at: Date; id: string }

/** Grouped by cause, the one that happened last first. */
export const selectCauses = (
  db: Prisma,
  workspaceId: string,
  { after, limit, cause }: { after?: AfterCause | null; limit: number; cause?: string },
) =>
  db.$queryRaw<CauseRow[]>`
    with dead as (${dead(workspaceId)}), found as (
      select cause, count(*)::int as count, min(at) as first, max(at) as last
      from dead ${cause === undefined ? Sql.empty : Sql.sql`where cause = ${cause}::uuid`}
      group by cause
      ${after ? Sql.sql`having (max(at), cause) < (${after.at}::timestamptz, ${after.id}::uuid)` : Sql.empty}
      order by max(at) desc, cause desc
      limit ${limit}
    ), newest as (
      select distinct on (cause) cause, dead.id from dead join found using (cause) order by cause, dead.at desc, dead.id desc
    ), part as (
      select cause, workflow_id, count(dead.id)::int as count,
        row_number() over (partition by cause order by count(dead.id) desc, workflow_id) as place
      from dead join found using (cause) where workflow_id is not null group by cause, workflow_id
    ), by_workflow as (
      select cause, jsonb_agg(jsonb_build_object('id', workflow_id, 'count', count) order by place) as workflows
      from part where place <= 20 group by cause
    )
    select found.*, run.id as "runId", run.status, run.summary, coalesce(by_workflow.workflows, '[]') as workflows
    from found
    join newest using (cause)
    join run on run.id = newest.id
    left join by_workflow on by_workflow.cause = found.cause
    order by found.last desc, found.cause desc`

/** Some of the runs of a cause, in an order that stays the same while they are worked off. */
export const selectDead = (
  db: Prisma,
  workspaceId: string,
  { cause, after, limit }: { cause: string; after: string | null; limit: number },
) =>
  db.$queryRaw<{ id: string; status: string }[]>`
    select id, status from (${dead(workspaceId)}) as dead
    where cause = ${cause}::uuid ${after === null ? Sql.empty : Sql.sql`and id > ${after}::uuid`}
    order by id limit ${limit}`

/** The same runs as a page of a list, the newest first. */
export const selectDeadIds = (
  db: Prisma,
  workspaceId: string,
  { cause, after, limit }: { cause: string; after: AfterCause | null; limit: number },
) =>
  db.$queryRaw<{ id: string; at: Date }[]>`
    select id, at from (${dead(workspaceId)}) as dead
    where cause = ${cause}::uuid ${after ? Sql.sql`and (at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : Sql.empty}
    order by at desc, id desc limit ${limit}`

type Count = { count: number; stamp: string | null }

export async function countDead(db: Prisma, workspaceId: string, most: number): Promise<Count> {
  const [row] = await db.$queryRaw<Count[]>`
    select count(*)::int as count, md5(string_agg(concat_ws(' ', id, at), ',' order by id)) as stamp
    from (${dead(workspaceId, most)}) as counted`
  return row ?? { count: 0, stamp: null }
}

/** Nobody wants to look after the failed ones any more. The runs stay as they are. */
export const forgetCause = (db: Prisma, workspaceId: string, cause: string): Promise<number> =>
  db.$executeRaw`
    update run set cause = null
    where workspace_id = ${workspaceId}::uuid and cause = ${cause}::uuid and status = 'failed'`
