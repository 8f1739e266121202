import { environmentBook } from '@/server/connections/connection-book'
import type { ConnectionView } from '@/server/connections/connection-view'
import { knownPrices, viewConnection } from '@/server/connections/connection-view'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'

/** At most a few dozen: one page. The connection of the environment stands first and can't be changed here. */
export const listConnections = forRole('editor', async ({ db, openai }, { workspaceId }, _: object) => {
  const rows = await db.connection.findMany({ where: { workspaceId }, orderBy: { createdAt: 'asc' }, take: 500 })
  const fromEnvironment = environmentBook(openai).connections.map(
    ({ name, baseUrl, apiKey, models }): ConnectionView => ({
      id: null,
      name,
      source: 'environment',
      baseUrl,
      hasKey: apiKey !== null,
      models: [...models],
      prices: {},
      knownPrices: knownPrices({ baseUrl, models }),
      fallback: null,
      createdAt: null,
      updatedAt: null,
    }),
  )
  return done({ items: [...fromEnvironment, ...rows.map(viewConnection)], nextCursor: null })
})
