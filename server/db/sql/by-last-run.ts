import { Prisma as Sql } from '@/generated/prisma/client'
import type { Prisma } from '@/server/db/prisma'

type Wish = {
  workspaceId: string
  /** Only these; null: all. */
  ids: readonly string[] | null
  after: { at: Date; id: string } | null
  limit: number
}

/** Before any run: where workflows stand that never ran. */
const never = new Date(0)

/** Workflows by their last run, the newest first. One step down an index for each workflow. */
export const selectByLastRun = (db: Prisma, { workspaceId, ids, after, limit }: Wish) =>
  db.$queryRaw<{ id: string; at: Date }[]>`
    select * from (
      select w.id, coalesce((
        select date_trunc('milliseconds', run.created_at) from run
        where run.workflow_id = w.id and run.workspace_id = w.workspace_id
        order by run.created_at desc limit 1
      ), ${never}::timestamptz) as at
      from workflow w
      where w.workspace_id = ${workspaceId}::uuid and w.deleted_at is null
        ${ids === null ? Sql.empty : Sql.sql`and w.id = any(${[...ids]}::uuid[])`}
    ) as ran
    ${after === null ? Sql.empty : Sql.sql`where (at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by at desc, id desc
    limit ${limit}`
