import { z } from 'zod'
import { environmentBook } from '@/server/connections/connection-book'
import { aboutConnection, connectionFields, Models } from '@/server/connections/connection-view'
import { probeConnection } from '@/server/models/probe/probe'
import { type ProbeResult, probeCodes } from '@/server/models/probe/types'
import type { Connection } from '@/server/models/types'
import type { Actor } from '@/server/people/actor'
import { done, notFound } from '@/server/refusal'
import { type Deps, forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

const { baseUrl, key, models } = connectionFields

export const TestConnection = z.strictObject({
  baseUrl,
  key: key.optional(),
  models: models
    .default([])
    .describe('The first one is asked for a word. Left out: the first that the endpoint lists.'),
  id: z
    .string()
    .optional()
    .describe('Of a stored connection whose key is used when none is given; at the address it was stored for only.'),
})

export const TestStored = z.strictObject({
  id: z.string().describe('Of a connection, or `environment` for the one that the environment names.'),
})

export const TestedConnection = z.object({
  ok: z.boolean(),
  model: z.string().optional().describe('What answered.'),
  models: Models.describe('What the endpoint offers, as far as it says so.'),
  ms: z.int().optional().describe('How long the answer took, in milliseconds.'),
  problem: z
    .object({
      code: z.enum(probeCodes),
      message: z.string().describe('What is wrong, and what to do about it.'),
      suggestion: z
        .object({ baseUrl: z.string() })
        .or(z.object({ model: z.string() }))
        .optional(),
    })
    .optional(),
})

/** Both calls of a test together stay below what a browser waits for. */
const limitMs = 15_000

/** Tries settings that are not stored yet. Reaches what a stored connection could reach, and nothing else. */
export const testConnection = forRole('admin', async (deps, actor, input: z.infer<typeof TestConnection>) => {
  const apiKey = input.key ?? (await storedKey(deps, actor, input))
  return done(await tryOut(deps, { name: 'test', baseUrl: input.baseUrl, apiKey, models: input.models }))
})

export const testStored = forRole('admin', async (deps, actor, { id }: z.infer<typeof TestStored>) => {
  const connection =
    id === 'environment' ? environmentBook(deps.openai).connections[0] : await openStored(deps, actor, id)
  return connection ? done(await tryOut(deps, connection)) : notFound('connection')
})

async function tryOut({ reachOnce }: Deps, connection: Connection): Promise<ProbeResult> {
  const { send, close } = reachOnce(connection.baseUrl)
  try {
    return await probeConnection({ connection, send, limitMs, now: () => performance.now() })
  } finally {
    await close()
  }
}

async function openStored({ db, sealer }: Deps, { workspaceId }: Actor, id: string): Promise<Connection | null> {
  const row = isUuid(id) ? await db.connection.findFirst({ where: { id, workspaceId } }) : null
  if (row === null) return null
  const apiKey = row.key === null ? null : sealer.open(row.key, aboutConnection(workspaceId, id))
  return { name: row.name, baseUrl: row.baseUrl, apiKey, models: Models.parse(row.models) }
}

/** A stored key must not be sent to an address that whoever set it did not choose. */
async function storedKey(deps: Deps, actor: Actor, { id, baseUrl: address }: z.infer<typeof TestConnection>) {
  const stored = id === undefined ? null : await openStored(deps, actor, id)
  return stored !== null && new URL(stored.baseUrl).origin === new URL(address).origin ? stored.apiKey : null
}
