import type { Prisma } from '@/server/db/prisma'

type Row = { workflowId: string; id: string; status: string; createdAt: Date }

/** The newest runs of each of some workflows, in one round trip that reads only those rows. */
export const selectLastRuns = (db: Prisma, workspaceId: string, ids: readonly string[], count: number) =>
  db.$queryRaw<Row[]>`
    select wanted.id as "workflowId", last.id, last.status, last.created_at as "createdAt"
    from unnest(${[...ids]}::uuid[]) as wanted(id)
    cross join lateral (
      select run.id, run.status, run.created_at from run
      where run.workflow_id = wanted.id and run.workspace_id = ${workspaceId}::uuid
      order by run.created_at desc
      limit ${count}
    ) as last
    order by wanted.id, last.created_at desc, last.id desc`
