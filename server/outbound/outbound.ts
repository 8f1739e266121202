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
  fetchTrusting(baseUrls: readonly string[]): OutboundFetch
  /** For one address that is only being tried out: what it opens is closed with it. */
  fetchOnce(baseUrl: string): { send: OutboundFetch; close(): Promise<void> }
  close(): Promise<void>
}

export type OutboundOptions = {
  /** `host:port`, from BATON_ALLOW_PRIVATE. */
  allowPrivate: readonly string[]
  trustedBaseUrls: readonly string[]
  resolve?: Resolve
}

export function createOutbound({ allowPrivate, trustedBaseUrls, resolve = systemResolve }: OutboundOptions): Outbound {
  const listed = allowPrivate.map(allowedEntry)
  const operators = new Set(trustedBaseUrls.map(allowedOriginOf))
  // One pool per allow list: a socket opened under a wider one must never be reused under a narrower one.
  const pools = new Map<string, Agent>()
  const poolFor = (allowed: Allowed): Agent => {
    const key = [allowed.listed, allowed.entered].map((list) => [...list].sort().join(' ')).join(' | ')
    const pool = pools.get(key) ?? newPool(allowed, resolve)
    pools.set(key, pool)
    return pool
  }
  const allowedFor = (baseUrls: readonly string[]): Allowed => {
    const places = baseUrls.map(allowedOriginOf)
    const own = places.filter((place) => operators.has(place))
    return { listed: new Set([...listed, ...own]), entered: new Set(places) }
  }
  const fetchTrusting = (baseUrls: readonly string[]) => fetchWith(poolFor(allowedFor(baseUrls)))

  return {
    request: requestWith(poolFor({ listed: new Set(listed), entered: new Set() })),
    fetch: fetchTrusting(trustedBaseUrls),
    fetchTrusting,
    fetchOnce: (baseUrl) => {
      const pool = newPool(allowedFor([baseUrl]), resolve)
      return { send: fetchWith(pool), close: () => pool.destroy() }
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
    },
  }
}

/** No time limits here: the caller's are the only ones, and a local model may think for minutes before its first word. */
const newPool = (allowed: Allowed, resolve: Resolve): Agent =>
  new Agent({ connect: vettedConnector(allowed, resolve), headersTimeout: 0, bodyTimeout: 0 })
