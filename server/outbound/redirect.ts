import { NodeError } from '@/engine/failure'

export type Hop = { method: string; url: URL; headers: Record<string, string>; body?: string | Uint8Array }

/** What another origin may know. Anything else the caller set might be a credential, whatever its name. */
const harmlessHeaders = new Set(['accept', 'accept-language', 'content-type', 'user-agent'])

export function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = URL.parse(location, hop.url)
  if (!url)
    throw new NodeError({ code: 'network', message: `${hop.url.host} redirects to something that is no address.` })
  const sameOrigin = url.origin === hop.url.origin
  const turnsToGet = becomesGet(hop.method, status)
  if (!sameOrigin && !turnsToGet && hop.body !== undefined) {
    // A body may hold a secret as well as a header, and can't be taken out.
    const message = `${hop.url.host} redirects what it is sent to ${url.origin}. Use that address instead.`
    throw new NodeError({ code: 'network', message })
  }
  const headers = sameOrigin ? hop.headers : keep(hop.headers, (name) => harmlessHeaders.has(name))
  if (!turnsToGet) return { ...hop, url, headers }
  return { method: 'GET', url, headers: keep(headers, (name) => !name.startsWith('content-')) }
}

const becomesGet = (method: string, status: number): boolean =>
  status === 303 ? method !== 'HEAD' && method !== 'GET' : (status === 301 || status === 302) && method === 'POST'

const keep = (headers: Record<string, string>, accepts: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => accepts(name.toLowerCase())))
