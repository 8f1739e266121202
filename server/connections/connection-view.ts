import { z } from 'zod'
import { priceOf } from '@/server/models/price'
import type { Connection } from '@/server/models/types'

const price = z.number().nonnegative()

/** US dollars per million tokens. */
export const Price = z.strictObject({
  input: price,
  output: price,
  cachedInput: price.optional(),
  maxInputTokens: z.int().positive().optional(),
})

export const Models = z.array(z.string().min(1).max(200)).max(500)
export const Prices = z.record(z.string().min(1).max(200), Price)

export const ConnectionView = z.object({
  id: z.string().nullable().describe('Null for the connection that the environment names.'),
  name: z.string(),
  source: z.enum(['workspace', 'environment']),
  baseUrl: z.string(),
  hasKey: z.boolean(),
  models: Models,
  prices: Prices,
  knownPrices: Prices.describe(
    'Of each model: what is set for it, else the public list price at that host. Others are unknown.',
  ),
  fallback: z.string().nullable(),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
})
export type ConnectionView = z.infer<typeof ConnectionView>

export type ConnectionRow = {
  id: string
  name: string
  baseUrl: string
  key: string | null
  models: unknown
  prices: unknown
  fallback: string | null
  createdAt: Date
  updatedAt: Date
}

/** What is known of the prices of its models. */
export const knownPrices = (connection: Pick<Connection, 'baseUrl' | 'models' | 'prices'>): z.infer<typeof Prices> =>
  Object.fromEntries(
    connection.models.flatMap((model) => {
      const known = priceOf(connection, model)
      return known === null ? [] : [[model, known]]
    }),
  )

const listed = (row: ConnectionRow) => ({ models: Models.parse(row.models), prices: Prices.parse(row.prices) })

export const viewConnection = (row: ConnectionRow): ConnectionView => ({
  id: row.id,
  name: row.name,
  source: 'workspace',
  baseUrl: row.baseUrl,
  hasKey: row.key !== null,
  ...listed(row),
  knownPrices: knownPrices({ baseUrl: row.baseUrl, ...listed(row) }),
  fallback: row.fallback,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

/** What a key is bound to when it is sealed. */
export const aboutConnection = (workspaceId: string, id: string): string => `${workspaceId}/connection/${id}`

/** `connection/model` is how a model is named, so a slash would be ambiguous. */
export const connectionFields = {
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/, 'must hold only letters, digits, spaces, ., _ and -, at most 60'),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL, like http://localhost:11434/v1' })
    .max(2_000)
    .refine(
      (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
      'must not hold a user or password; give the key as `key`',
    ),
  key: z.string().regex(/^\S+$/, 'must not contain spaces or line breaks').max(4_096),
  models: Models,
  prices: Prices,
  fallback: z.string().min(1).max(260),
}
