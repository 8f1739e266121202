import { describe, expect, it } from 'vitest'
import { type Coding, chooseCoding } from '@/server/pages/codings'

const both: Coding[] = ['br', 'gzip']

describe('the form in which a file is sent', () => {
  it.each<[string | undefined, Coding]>([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br', 'br'],
    ['BR;Q=0.4 , GZip;q=0.3', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['gzip;q=0.5, br;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0.2, gzip;q=0.3', 'gzip'],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['gzip;q=0.2, identity;q=0.9', 'identity'],
    ['gzip;q=0.9, identity;q=0.9', 'gzip'],
    ['br;q=0.001', 'br'],
    ['identity', 'identity'],
    ['deflate', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['*;q=0', 'identity'],
    ['identity;q=0', 'identity'],
    ['brotli, xgzip', 'identity'],
    ['br;q=2, gzip;q=nonsense', 'identity'],
    [',;,;q=1,=', 'identity'],
  ])('for %o it is %s', (header, coding) => {
    expect(chooseCoding(header, both)).toBe(coding)
  })

  it('is one that there is', () => {
    expect(chooseCoding('br, gzip', ['gzip'])).toBe('gzip')
    expect(chooseCoding('br, gzip', [])).toBe('identity')
    expect(chooseCoding('*', [])).toBe('identity')
  })
})
