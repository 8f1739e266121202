import type { Prisma } from '@/server/db/prisma'

/** The names of some graphs by their hashes, without reading the graphs themselves. */
export const selectGraphNames = (db: Prisma, workspaceId: string, hashes: readonly string[]) =>
  db.$queryRaw<{ id: string; name: string }[]>`
    select hash as id, body ->> 'name' as name from graph
    where workspace_id = ${workspaceId}::uuid and hash = any(${[...hashes]}) and body ->> 'name' is not null`
