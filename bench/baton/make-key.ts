import { createPrisma } from '@/server/db/prisma'
import { addKey } from '@/server/people/create-key'

/** A key for the first workspace, as the CLI makes one beside a running server. */
export async function makeKey(databaseUrl: string): Promise<string> {
  const db = createPrisma(databaseUrl, { max: 1, onError: () => {} })
  try {
    const { id: workspaceId } = await db.workspace.findFirstOrThrow({ orderBy: { createdAt: 'asc' } })
    const { key } = await addKey(db, { workspaceId, createdBy: null, name: 'bench', role: 'owner' })
    return key
  } finally {
    await db.$disconnect()
  }
}
