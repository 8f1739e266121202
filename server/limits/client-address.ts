import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * Who is asking, as far as limits go. `X-Forwarded-For` is what anybody may write, except for its last entries: each
 * proxy adds the address that it was asked from. So with one proxy of ours in front it is the last entry, with two the
 * one before, and with none the header means nothing.
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: number): string {
  const remote = request.socket.remoteAddress ?? ''
  if (proxies === 0) return network(remote)
  const header = request.headers['x-forwarded-for']
  const entries = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')
  const claimed = entries.at(-proxies)?.trim() ?? ''
  return network(isIP(claimed) === 0 ? remote : claimed)
}

/** A whole /64 of IPv6 belongs to one customer, who may use another address for each request. */
function network(address: string): string {
  if (isIP(address) === 0) return 'unknown'
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
