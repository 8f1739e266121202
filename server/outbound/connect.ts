import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { NodeError } from '@/engine/failure'
import { isMetadataAddress, isPublicAddress } from '@/server/outbound/address'
import { type AllowList, allowKey, bareHost } from '@/server/outbound/allow-list'

export type ResolvedAddress = { address: string; family: number }
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true })

/** `listed` by the operator: anywhere. `entered` by an admin of a workspace: anywhere but to the secrets of the machine. */
export type Allowed = { listed: AllowList; entered: AllowList }

type MayReach = (address: string) => boolean

/**
 * The address is vetted in the lookup of the very socket that then connects to it: there is no second lookup that
 * could answer differently.
 */
export function vettedConnector({ listed, entered }: Allowed, resolve: Resolve): buildConnector.connector {
  const free = connectorTo(() => true, resolve)
  const known = connectorTo((address) => !isMetadataAddress(address), resolve)
  const publicOnly = connectorTo(isPublicAddress, resolve)

  return (options, callback) => {
    const host = bareHost(options.hostname)
    const key = allowKey(host, Number(options.port || (options.protocol === 'https:' ? 443 : 80)))
    const connect = listed.has(key) ? free : entered.has(key) ? known : publicOnly
    connect(host, options, callback)
  }
}

function connectorTo(mayReach: MayReach, resolve: Resolve) {
  const connect = buildConnector({
    allowH2: false,
    timeout: 10_000,
    lookup: lookupWith(async (hostname) => vetted(hostname, await resolve(hostname), mayReach)),
  } as buildConnector.BuildOptions)
  return (host: string, ...[options, callback]: Parameters<buildConnector.connector>) => {
    // A literal address never reaches the lookup.
    if (isIP(host) !== 0 && !mayReach(host)) return queueMicrotask(() => callback(blockedAddress(host), null))
    connect(options, callback)
  }
}

/** One address that may not be reached is enough to refuse: the socket may pick any of them. */
function vetted(hostname: string, addresses: readonly ResolvedAddress[], mayReach: MayReach) {
  if (addresses.some(({ address }) => !mayReach(address))) throw blockedAddress(hostname)
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
