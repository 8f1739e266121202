import { expect, test } from 'vitest'
import { isLoopback } from './loopback'

test.each(['http://127.0.0.1:3000/s/x', 'http://localhost/s/x', 'http://[::1]:3000/s/x', 'http://a.localhost/s/x'])(
  '%s is for this computer only',
  (url) => expect(isLoopback(url)).toBe(true),
)

test.each([
  'https://baton.example.org/s/x',
  'http://192.168.1.7:3000/s/x',
  'http://localhost.example.org/',
  'http://127.example.org/',
])('%s is for others as well', (url) => expect(isLoopback(url)).toBe(false))
