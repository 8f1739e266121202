import type OpenAI from 'openai'
import type { Connection, Fetch } from '@/server/models/types'

/** What a model at an endpoint turned out not to take; learned from a rejection and kept for the next call. */
export type Trait = 'no_schema' | 'no_stream_usage' | 'other_token_limit'

export type Client = { sdk: OpenAI; traits: Map<string, ReadonlySet<Trait>> }

/** Enough for every connection in use; an abandoned one (a changed key) is pushed out. */
const clientLimit = 500
const clients = new WeakMap<Fetch, Map<string, Client>>()

/** Loading the SDK takes about 0.1 s, which a process without endpoints never pays. */
let sdkModule: Promise<typeof import('openai')> | undefined

/** One SDK instance for each connection: making one costs more than a call does. */
export async function clientFor(connection: Connection, fetch: Fetch): Promise<Client> {
  const mine = clients.get(fetch) ?? new Map<string, Client>()
  clients.set(fetch, mine)
  const key = JSON.stringify([connection.baseUrl, connection.apiKey])
  const known = mine.get(key)
  if (known) return known
  sdkModule ??= import('openai')
  const { OpenAI: Sdk } = await sdkModule
  const made = mine.get(key) ?? { sdk: makeSdk(Sdk, connection, fetch), traits: new Map() }
  mine.set(key, made)
  const oldest = mine.size > clientLimit ? mine.keys().next().value : undefined
  if (oldest !== undefined) mine.delete(oldest)
  return made
}

/** Nothing is read from the environment here: one tenant's connection must not inherit the operator's organisation. */
function makeSdk(Sdk: typeof OpenAI, connection: Connection, fetch: Fetch): OpenAI {
  return new Sdk({
    baseURL: connection.baseUrl,
    apiKey: connection.apiKey ?? 'none',
    ...(connection.apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    // What it hands back is all that the SDK looks at.
    fetch: fetch as typeof globalThis.fetch,
  })
}
