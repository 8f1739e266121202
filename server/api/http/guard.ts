import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { EdgeError } from '@/server/api/http/problem'

export type GuardSettings = {
  /** What HOST says: where the server listens. */
  host: string
  allowNetwork: boolean
  publicUrl: string | null
}

/**
 * Host and Origin. A page of another site can make a browser send requests here; the Host check keeps a foreign name
 * that resolves to this machine (DNS rebinding) out, the Origin check everything that another site's page sends.
 */
export type Guard = {
  isHostAllowed: (headers: IncomingHttpHeaders) => boolean
  isOriginAllowed: (headers: IncomingHttpHeaders) => boolean
  /** For handshakes of sockets, which may come without an Origin. */
  isAllowed: (headers: IncomingHttpHeaders) => boolean
  checkHost: (headers: IncomingHttpHeaders) => void
  checkChange: (headers: IncomingHttpHeaders, via: 'key' | 'session' | 'none') => void
}

/** What a browser would do with an answer: run it, or show it inside another page. Files are what people uploaded. */
const programs = new Set([
  'script',
  'style',
  'worker',
  'sharedworker',
  'serviceworker',
  'object',
  'embed',
  'frame',
  'iframe',
])

const loopback = ['localhost', '127.0.0.1', '[::1]']

export function createGuard({ host, allowNetwork, publicUrl }: GuardSettings): Guard {
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin
  const names = new Set([...loopback, host.toLowerCase(), ...(publicUrl === null ? [] : [new URL(publicUrl).hostname])])

  const isHostAllowed = ({ host: header }: IncomingHttpHeaders) => {
    const name = nameOf(header)
    // A name can be made to point anywhere; an address can't.
    return name !== null && (names.has(name) || (allowNetwork && isIP(name.replaceAll(/[[\]]/g, '')) !== 0))
  }

  const isOriginAllowed = (headers: IncomingHttpHeaders) => {
    const { origin } = headers
    if (origin === undefined || origin === publicOrigin) return true
    return URL.canParse(origin) && new URL(origin).host === headers.host?.toLowerCase()
  }

  const checkHost = (headers: IncomingHttpHeaders) => {
    if (programs.has(String(headers['sec-fetch-dest'] ?? '')))
      throw new EdgeError('forbidden', 'An answer of the API is data, and not loaded as a script, a style or a frame.')
    if (isHostAllowed(headers)) return
    throw new EdgeError(
      'wrong_host',
      'This name of the server is not known to it; set BATON_PUBLIC_URL to the address that people use.',
    )
  }

  return {
    isHostAllowed,
    isOriginAllowed,
    isAllowed: (headers) => isHostAllowed(headers) && isOriginAllowed(headers),
    checkHost,
    checkChange: (headers, via) => {
      checkHost(headers)
      if (!isOriginAllowed(headers))
        throw new EdgeError('wrong_origin', 'The request comes from a page of another site.')
      if (via === 'key' || headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin') return
      throw new EdgeError(
        'wrong_origin',
        'A change by cookie must say which page it comes from (Origin). Programs use an API key.',
      )
    },
  }
}

/** `[::1]:3000` → `[::1]`. Null for anything that is no host. */
function nameOf(header: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i.exec(header ?? '')
  return match?.[1]?.toLowerCase() ?? null
}
