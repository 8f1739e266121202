import { Agent } from 'undici'
import { allowedEntry, allowedOriginOf } from '@/server/outbound/allow-list'
import { type Allowed, type Resolve, systemResolve, vettedConnector } from '@/server/outbound/connect'
import { fetchWith, type OutboundFetch } from '@/server/outbound/fetch'
import { requestWith, type SendRequest } from '@/server/outbound/request'

export type Outbound = {
  request: SendRequest
  /** For model endpoints: also reaches the base URLs the operator set. */
  fetch: OutboundFetch
  /** The same for base URLs that admins of workspaces entered: in a private network, but at no metadata service. */
  fetchTrusting: (baseUrls: readonly string[]) => OutboundFetch
  /** For one address that is only being tried out: what it opens is closed with it. */
  fetchOnce: (baseUrl: string) => { send: OutboundFetch; close(): Promise<void> }
  /** How many pools of connections are kept: one for each allow list in use. */
  pools: () => number
  close(): Promise<void>
}

export type OutboundOptions = {
  /** `host:port`, from BATON_ALLOW_PRIVATE. */
  allowPrivate: readonly string[]
  trustedBaseUrls: readonly string[]
  resolve?: Resolve
}

/** More allow lists than this are in use nowhere; what is left out is opened again when it is asked for. */
export const mostPools = 100

export function createOutbound({ allowPrivate, trustedBaseUrls, resolve = systemResolve }: OutboundOptions): Outbound {
  const listed = allowPrivate.map(allowedEntry)
  const operators = new Set(trustedBaseUrls.map(allowedOriginOf))
  // One pool per allow list: a socket opened under a wider one must never be reused under a narrower one.
  const pools = new Map<string, Agent>()
  const closing = new Set<Agent>()
  const poolFor = (key: string, allowed: Allowed): Agent => {
    const pool = pools.get(key) ?? newPool(allowed, resolve)
    // The least recently used one stands first and is the next to go; what it is in the middle of is finished.
    pools.delete(key)
    pools.set(key, pool)
    for (const [oldest, old] of pools) {
      if (pools.size <= mostPools) break
      pools.delete(oldest)
      closing.add(old)
      old
        .close()
        .finally(() => closing.delete(old))
        .catch(() => {})
    }
    return pool
  }
  const usual: Allowed = { listed: new Set(listed), entered: new Set() }
  const allowedFor = (baseUrls: readonly string[]): Allowed => {
    const places = baseUrls.map(allowedOriginOf)
    const own = places.filter((place) => operators.has(place))
    return { listed: new Set([...listed, ...own]), entered: new Set(places) }
  }
  const fetchTrusting = (baseUrls: readonly string[]): OutboundFetch => {
    const allowed = allowedFor(baseUrls)
    // Looked up for each call: the pool of the call before may be gone.
    const key = keyOf(allowed)
    return (input, init) => fetchWith(poolFor(key, allowed))(input, init)
  }

  return {
    request: (request) => requestWith(poolFor(keyOf(usual), usual))(request),
    fetch: fetchTrusting(trustedBaseUrls),
    fetchTrusting,
    fetchOnce: (baseUrl) => {
      const pool = newPool(allowedFor([baseUrl]), resolve)
      return { send: fetchWith(pool), close: () => pool.destroy() }
    },
    pools: () => pools.size,
    close: async () => {
      await Promise.all([...pools.values(), ...closing].map((pool) => pool.destroy()))
    },
  }
}

const keyOf = ({ listed, entered }: Allowed): string =>
  [listed, entered].map((list) => [...list].sort().join(' ')).join(' | ')

/** No time limits here: the caller's are the only ones, and a local model may think for minutes before its first word. */
const newPool = (allowed: Allowed, resolve: Resolve): Agent =>
  new Agent({ connect: vettedConnector(allowed, resolve), headersTimeout: 0, bodyTimeout: 0 })
