import { describe, expect, test } from 'vitest'
import { clientAddress } from '@/server/limits/client-address'

const from = (remoteAddress: string, forwarded: string | string[] | undefined, proxies: number) =>
  clientAddress({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } } as never, proxies)

describe('the address of a client', () => {
  test('is that of its connection, whatever it claims', () => {
    expect(from('203.0.113.7', '198.51.100.1', 0)).toBe('203.0.113.7')
    expect(from('203.0.113.7', undefined, 0)).toBe('203.0.113.7')
  })

  test('behind proxies is what the outermost of them saw, not what the client wrote before it', () => {
    expect(from('10.0.0.1', '198.51.100.1', 1)).toBe('198.51.100.1')
    expect(from('10.0.0.1', '6.6.6.6, 198.51.100.1', 1)).toBe('198.51.100.1')
    expect(from('10.0.0.1', '6.6.6.6,198.51.100.1,10.0.0.2', 2)).toBe('198.51.100.1')
    expect(from('10.0.0.1', ['6.6.6.6', '198.51.100.1'], 1)).toBe('198.51.100.1')
  })

  test.each(['', 'unknown', '_hidden', '198.51.100.1:4711', "1'); drop table run", '1.2.3'])(
    'is that of the connection when the proxy says %j',
    (forwarded) => {
      expect(from('10.0.0.1', forwarded, 1)).toBe('10.0.0.1')
    },
  )

  test('is that of the connection when fewer proxies have written than there should be', () => {
    expect(from('10.0.0.1', '198.51.100.1', 2)).toBe('10.0.0.1')
  })

  test('of version 6 counts by its network, which has one owner', () => {
    expect(from('2001:db8:1:2:3:4:5:6', undefined, 0)).toBe(from('2001:db8:1:2:ffff::1', undefined, 0))
    expect(from('2001:db8:1:2::1', undefined, 0)).not.toBe(from('2001:db8:1:3::1', undefined, 0))
  })

  test('of version 4 is the same however it is written', () => {
    expect(from('::ffff:203.0.113.7', undefined, 0)).toBe('203.0.113.7')
  })
})
