import { describe, expect, it } from 'vitest'
import { allowedEntry, allowedOriginOf } from '@/server/outbound/allow-list'

describe('the allow list', () => {
  it.each([
    ['127.0.0.1:8080', '127.0.0.1:8080'],
    [' Ollama.LAN:11434 ', 'ollama.lan:11434'],
    ['[::1]:80', '::1:80'],
    ['[0:0:0:0:0:0:0:1]:81', '::1:81'],
  ])('reads %s', (entry, key) => {
    expect(allowedEntry(entry)).toBe(key)
  })

  it.each(['localhost', '10.0.0.1:', ':80', 'http://a:80', 'a:80/x', 'u@a:80', 'a:99999', '10.0.0.0/8:80', ''])(
    'refuses %s, naming it',
    (entry) => {
      expect(() => allowedEntry(entry)).toThrow(`"${entry}" is not of the form host:port.`)
    },
  )

  it('takes the default port from the scheme of a base URL', () => {
    expect(allowedOriginOf('http://127.0.0.1:11434/v1')).toBe('127.0.0.1:11434')
    expect(allowedOriginOf('http://ollama/v1')).toBe('ollama:80')
    expect(allowedOriginOf('https://ollama/v1')).toBe('ollama:443')
  })
})
