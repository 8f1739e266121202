import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { aboutConnection, connectionFields, viewConnection } from '@/server/connections/connection-view'
import { isTaken } from '@/server/db/is-taken'
import { done, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'

const { name, baseUrl, key, models, prices, fallback } = connectionFields

export const CreateConnection = z.strictObject({
  name,
  baseUrl,
  key: key.optional().describe('Kept sealed; never comes back.'),
  models: models.default([]),
  prices: prices.default({}),
  fallback: fallback.optional().describe('An alias or connection/model that answers when this one cannot.'),
})

export const createConnection = forRole(
  'admin',
  async ({ db, sealer, forgetModels }, { workspaceId }, input: z.infer<typeof CreateConnection>) => {
    const id = randomUUID()
    const sealed = input.key === undefined ? null : sealer.seal(input.key, aboutConnection(workspaceId, id))
    try {
      const row = await db.connection.create({
        data: { ...input, id, workspaceId, key: sealed, fallback: input.fallback ?? null },
      })
      forgetModels(workspaceId)
      return done(viewConnection(row))
    } catch (error) {
      if (isTaken(error)) return refuse('name_taken', `There is a connection named ${input.name} already.`)
      throw error
    }
  },
)
