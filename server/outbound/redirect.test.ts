import { describe, expect, it } from 'vitest'
import { nextHop } from '@/server/outbound/redirect'

const headers = {
  Authorization: 'Bearer s',
  'X-Api-Key': 's',
  Cookie: 's',
  Accept: '*/*',
  'Content-Type': 'text/plain',
}
const post = { method: 'POST', url: new URL('https://a.example/x'), headers, body: 'order' }

describe('nextHop', () => {
  it('turns a POST into a GET without a body on 301, 302 and 303', () => {
    for (const status of [301, 302, 303]) {
      const hop = nextHop(post, status, '/y')
      expect(hop).toMatchObject({ method: 'GET', headers: { Authorization: 'Bearer s' } })
      expect(hop.url.href).toBe('https://a.example/y')
      expect(hop.body).toBeUndefined()
      expect(Object.keys(hop.headers)).not.toContain('Content-Type')
    }
  })

  it('keeps method and body on 307 and 308, and the method of a PUT on 302', () => {
    for (const status of [307, 308])
      expect(nextHop(post, status, '/y')).toMatchObject({ method: 'POST', body: 'order' })
    expect(nextHop({ ...post, method: 'PUT' }, 302, '/y')).toMatchObject({ method: 'PUT', body: 'order' })
    expect(nextHop({ ...post, method: 'PUT' }, 303, '/y')).toMatchObject({ method: 'GET' })
    expect(nextHop({ ...post, method: 'HEAD' }, 303, '/y')).toMatchObject({ method: 'HEAD' })
  })

  it.each(['https://b.example/', 'http://a.example/', 'https://a.example:444/', '//b.example/'])(
    'sends nothing that could be a credential on to another origin (%s)',
    (location) => {
      const { body: _, ...bare } = post
      expect(nextHop(bare, 307, location).headers).toEqual({ Accept: '*/*', 'Content-Type': 'text/plain' })
    },
  )

  it('never hands a body over to another origin, where it could hold a secret', () => {
    for (const status of [307, 308])
      expect(() => nextHop(post, status, 'https://b.example/')).toThrow(
        /redirects what it is sent to https:\/\/b\.example/,
      )
    expect(nextHop(post, 303, 'https://b.example/').body).toBeUndefined()
  })

  it('names the host when the new address is none', () => {
    expect(() => nextHop(post, 302, 'http://[')).toThrow(/a\.example redirects/)
  })
})
