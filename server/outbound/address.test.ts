import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMetadataAddress, isPublicAddress } from '@/server/outbound/address'

const inside = [
  ['0.0.0.0', 'this host'],
  ['10.1.2.3', 'private'],
  ['100.100.100.200', 'carrier-grade NAT, a metadata service'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback to its end'],
  ['168.63.129.16', 'the wire server of Azure'],
  ['169.254.169.254', 'metadata service'],
  ['172.31.255.255', 'private'],
  ['192.0.0.192', 'metadata service of Oracle'],
  ['192.168.0.1', 'private'],
  ['198.18.0.1', 'benchmarking'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::127.0.0.1', 'IPv4-compatible'],
  ['::ffff:127.0.0.1', 'IPv4-mapped'],
  ['::ffff:a9fe:a9fe', 'IPv4-mapped metadata service'],
  ['::ffff:0:7f00:1', 'IPv4-translated'],
  ['64:ff9b::7f00:1', 'NAT64 of loopback'],
  ['64:ff9b::a9fe:a9fe', 'NAT64 of a metadata service'],
  ['64:ff9b:1::7f00:1', 'local NAT64'],
  ['2002:7f00:1::', '6to4 of loopback'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'metadata service of EC2'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local with a zone'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['0177.0.0.1', 'not an address as a resolver writes it'],
  ['localhost', 'a name'],
  ['', 'nothing'],
]

describe('isPublicAddress', () => {
  it.each(inside)('refuses %s (%s)', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    'accepts %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it('judges every IPv4 address and its mapped and NAT64 forms alike', () => {
    const octet = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), ([a, b, c, d]) => {
        const address = [a, b, c, d].join('.')
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
        const verdict = isPublicAddress(address)
        expect(isPublicAddress(`::ffff:${address}`)).toBe(verdict)
        expect(isPublicAddress(`64:ff9b::${hex}`)).toBe(verdict)
      }),
    )
  })
})

describe('isMetadataAddress', () => {
  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fe80::1%eth0',
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
  ])('knows %s', (address) => {
    expect(isMetadataAddress(address)).toBe(true)
  })

  it.each(['127.0.0.1', '10.0.0.5', '192.168.1.2', '::1', 'fd00::1', '8.8.8.8', 'localhost'])(
    'lets a model live at %s',
    (address) => {
      expect(isMetadataAddress(address)).toBe(false)
    },
  )
})
