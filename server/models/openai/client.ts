import type { Sdk } from '@/server/models/openai/sdk'
import type { Connection, Fetch } from '@/server/models/types'

/** What a model at an endpoint turned out not to take; learned from a rejection and kept for the next call. */
export type Trait = 'no_schema' | 'no_stream_usage' | 'other_token_limit'

export type Client = { sdk: Sdk; traits: Map<string, ReadonlySet<Trait>> }

/** Enough for every connection in use; an abandoned one (a changed key) is pushed out. */
const clientLimit = 500
const clients = new WeakMap<Fetch, Map<string, Client>>()

let sdkModule: Promise<typeof import('@/server/models/openai/sdk')> | undefined

/** Loading the SDK takes about 0.1 s, which a process without endpoints never pays. */
const loadSdk = () => {
  sdkModule ??= import('@/server/models/openai/sdk')
  return sdkModule
}

/** For a process that has an endpoint and nothing better to do: its first call then needn't wait for this. */
export const warmUp = async (): Promise<void> => void (await loadSdk())

/** One SDK instance for each connection: making one costs more than a call does. */
export async function clientFor(connection: Connection, fetch: Fetch): Promise<Client> {
  const mine = clients.get(fetch) ?? new Map<string, Client>()
  clients.set(fetch, mine)
  const key = JSON.stringify([connection.baseUrl, connection.apiKey])
  const known = mine.get(key)
  if (known) return known
  const { Sdk } = await loadSdk()
  const made = mine.get(key) ?? { sdk: new Sdk(connection, fetch), traits: new Map() }
  mine.set(key, made)
  const oldest = mine.size > clientLimit ? mine.keys().next().value : undefined
  if (oldest !== undefined) mine.delete(oldest)
  return made
}
