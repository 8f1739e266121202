import type { Prisma } from '@/server/db/prisma'

/** Puts workflows into a folder, or into none. When they were changed last stays as it is: nobody changed them. */
export const moveWorkflowsSql = (
  db: Prisma,
  workspaceId: string,
  { ids, folderId }: { ids: readonly string[]; folderId: string | null },
): Promise<number> =>
  db.$executeRaw`
    update workflow set folder_id = ${folderId}::uuid
    where workspace_id = ${workspaceId}::uuid and deleted_at is null and id = any(${[...ids]}::uuid[])`
