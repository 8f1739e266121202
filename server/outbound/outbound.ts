import { Agent } from 'undici'
import { type AllowList, allowedEntry, allowedOriginOf } from '@/server/outbound/allow-list'
import { type Resolve, systemResolve, vettedConnector } from '@/server/outbound/connect'
import { fetchWith, type OutboundFetch } from '@/server/outbound/fetch'
import { requestWith, type SendRequest } from '@/server/outbound/request'

export type Outbound = {
  request: SendRequest
  /** For model endpoints: also reaches the base URLs the operator set. */
  fetch: OutboundFetch
  /** The same for base URLs that became known later. Only for such as the operator entered. */
  fetchTrusting(baseUrls: readonly string[]): OutboundFetch
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
  // One pool per allow list: a socket opened under a wider one must never be reused under a narrower one.
  const pools = new Map<string, Agent>()
  const poolFor = (allow: AllowList): Agent => {
    const key = [...allow].sort().join(' ')
    const pool = pools.get(key) ?? newPool(allow, resolve)
    pools.set(key, pool)
    return pool
  }
  const fetchTrusting = (baseUrls: readonly string[]) =>
    fetchWith(poolFor(new Set([...listed, ...baseUrls.map(allowedOriginOf)])))

  return {
    request: requestWith(poolFor(new Set(listed))),
    fetch: fetchTrusting(trustedBaseUrls),
    fetchTrusting,
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
    },
  }
}

/** No time limits here: the caller's are the only ones, and a local model may think for minutes before its first word. */
const newPool = (allow: AllowList, resolve: Resolve): Agent =>
  new Agent({ connect: vettedConnector(allow, resolve), headersTimeout: 0, bodyTimeout: 0 })
