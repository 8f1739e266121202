import { z } from 'zod'
import { aboutConnection, connectionFields, viewConnection } from '@/server/connections/connection-view'
import { isTaken } from '@/server/db/is-taken'
import { done, notFound, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

const { name, baseUrl, key, models, prices, fallback } = connectionFields

export const ChangeConnection = z.strictObject({
  id: z.string(),
  name: name.optional(),
  baseUrl: baseUrl.optional().describe('At another address the stored key is dropped, unless `key` comes with it.'),
  key: key.nullable().optional().describe('Left out: stays. Null: removed.'),
  models: models.optional(),
  prices: prices.optional(),
  fallback: fallback.nullable().optional(),
})
type Change = z.infer<typeof ChangeConnection>

export const changeConnection = forRole(
  'admin',
  async ({ db, sealer, forgetModels }, { workspaceId }, input: Change) => {
    const { id, key: newKey, ...rest } = input
    const row = isUuid(id) ? await db.connection.findFirst({ where: { id, workspaceId } }) : null
    if (!row) return notFound('connection')
    const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    try {
      const changed = await db.connection.update({
        where: { id, workspaceId },
        data: {
          ...fields,
          ...keyChange(newKey, row.baseUrl, input.baseUrl, (text) =>
            sealer.seal(text, aboutConnection(workspaceId, id)),
          ),
        },
      })
      forgetModels(workspaceId)
      return done(viewConnection(changed))
    } catch (error) {
      if (isTaken(error)) return refuse('name_taken', `There is a connection named ${input.name} already.`)
      throw error
    }
  },
)

/** A stored key must not be sent to an address that whoever set it did not choose. */
function keyChange(
  key: string | null | undefined,
  oldUrl: string,
  newUrl: string | undefined,
  seal: (text: string) => string,
) {
  if (key !== undefined) return { key: key === null ? null : seal(key) }
  const moved = newUrl !== undefined && new URL(newUrl).origin !== new URL(oldUrl).origin
  return moved ? { key: null } : {}
}
