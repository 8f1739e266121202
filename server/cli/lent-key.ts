import { finishing } from '@/server/cli/before-exit'
import { type Context, withDatabase } from '@/server/cli/context'
import { addKey } from '@/server/people/create-key'
import { ensureFirstWorkspace } from '@/server/people/ensure-first-workspace'

/** So long the key outlives a command that could not take it back. */
const lentMs = 10 * 60_000

const soon = () => new Date(Date.now() + lentMs)

/** With a key that lives as long as the command. */
export async function withLentKey<T>(context: Context, work: (key: string) => Promise<T>): Promise<T> {
  let made: ReturnType<typeof lend> | null = null
  const takeBack = async () => {
    const lent = await made?.catch(() => null)
    if (lent) await withDatabase(context, (db) => db.apiKey.deleteMany({ where: { id: lent.id } }))
  }
  return finishing(async () => {
    made = lend(context)
    const { id, key } = await made
    const timer = setInterval(() => void prolong(context, id).catch(() => {}), lentMs / 3)
    try {
      return await work(key)
    } finally {
      clearInterval(timer)
    }
  }, takeBack)
}

const lend = (context: Context) =>
  withDatabase(context, async (db) => {
    const { workspaceId, userId } = await ensureFirstWorkspace(db)
    return addKey(db, { workspaceId, createdBy: userId, name: 'CLI', role: 'admin', revokedAt: soon() })
  })

const prolong = (context: Context, id: string) =>
  withDatabase(context, (db) => db.apiKey.updateMany({ where: { id }, data: { revokedAt: soon() } }))
