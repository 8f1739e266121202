import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Public by its range, but it answers with the credentials or the configuration of the machine that asks. */
const metadataAddresses = new Set(['168.63.129.16'])

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** Where clouds hand out the credentials of the machine. Nobody runs a model there. */
const metadataOutsideLinkLocal = new Set([
  ...metadataAddresses,
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
])

export function isMetadataAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  const parsed = plain(ipaddr.parse(address))
  return parsed.range() === 'linkLocal' || metadataOutsideLinkLocal.has(parsed.toString())
}

/** The IPv4 address inside, where there is one. */
function plain(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  return address.match(nat64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address
}

/**
 * Whether an address belongs to the public internet. Everything that isn't known to be public is not: new special ranges
 * are refused until somebody looks at them. Addresses that carry an IPv4 address are judged by that one.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.parse(address)
  return parsed instanceof ipaddr.IPv4 ? isPublicIPv4(parsed) : isPublicIPv6(parsed as ipaddr.IPv6)
}

const isPublicIPv4 = (address: ipaddr.IPv4): boolean =>
  address.range() === 'unicast' && !metadataAddresses.has(address.toString())

function isPublicIPv6(address: ipaddr.IPv6): boolean {
  if (address.isIPv4MappedAddress()) return isPublicIPv4(address.toIPv4Address())
  // Networks without IPv4 reach every IPv4 host this way, so it can't simply be refused.
  if (address.match(nat64)) return isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)))
  return address.range() === 'unicast' && address.match(globalUnicast)
}
