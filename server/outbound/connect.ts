import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { NodeError } from '@/engine/failure'
import { isPublicAddress } from '@/server/outbound/address'
import { type AllowList, allowKey, bareHost } from '@/server/outbound/allow-list'

export type ResolvedAddress = { address: string; family: number }
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true })

/**
 * The address is vetted in the lookup of the very socket that then connects to it: there is no second lookup that
 * could answer differently. Names and ports on the allow list go where they resolve to.
 */
export function vettedConnector(allow: AllowList, resolve: Resolve): buildConnector.connector {
  const base = { allowH2: false, timeout: 10_000 }
  const free = buildConnector({ ...base, lookup: lookupWith(resolve) } as buildConnector.BuildOptions)
  const publicOnly = buildConnector({
    ...base,
    lookup: lookupWith(async (hostname) => vetted(hostname, await resolve(hostname))),
  } as buildConnector.BuildOptions)

  return (options, callback) => {
    const host = bareHost(options.hostname)
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80))
    if (allow.has(allowKey(host, port))) return free(options, callback)
    // A literal address never reaches the lookup.
    if (isIP(host) !== 0 && !isPublicAddress(host)) return queueMicrotask(() => callback(blockedAddress(host), null))
    publicOnly(options, callback)
  }
}

/** One private address among public ones is enough to refuse: the socket may pick any of them. */
function vetted(hostname: string, addresses: readonly ResolvedAddress[]): readonly ResolvedAddress[] {
  if (addresses.some(({ address }) => !isPublicAddress(address))) throw blockedAddress(hostname)
  return addresses
}

const blockedAddress = (host: string): NodeError =>
  new NodeError({
    code: 'blocked_address',
    message: `${host} is an address inside a private network. Only the operator can allow it, with BATON_ALLOW_PRIVATE=host:port.`,
  })

const lookupWith =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => answerLookup(addresses, options.all === true, callback),
      (error: Error) => callback(error, []),
    )
  }

function answerLookup(
  addresses: readonly ResolvedAddress[],
  all: boolean,
  callback: Parameters<LookupFunction>[2],
): void {
  const first = addresses[0]
  if (!first) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), [])
  else if (all) callback(null, [...addresses])
  else callback(null, first.address, first.family)
}
