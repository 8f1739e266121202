import { type Dispatcher, request as send } from 'undici'
import { NodeError } from '@/engine/failure'
import { acceptedEncodings, readBody } from '@/server/outbound/body'
import { startDeadline } from '@/server/outbound/deadline'
import { networkFailure } from '@/server/outbound/network-failure'
import { type Hop, nextHop } from '@/server/outbound/redirect'

export type OutboundRequest = {
  method: string
  url: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** For everything together: connecting, redirects, the whole body. */
  timeoutMs?: number
  maxBytes?: number
  /** How many redirects are followed; one more fails. 0 gives the redirect itself back. */
  redirects?: number
}

export type OutboundAnswer = {
  status: number
  /** Lower-case names; several values of one name are joined by a comma. */
  headers: Record<string, string>
  body: Uint8Array
  /** Where the answer came from after all redirects. */
  url: string
}

export type SendRequest = (request: OutboundRequest) => Promise<OutboundAnswer>

export const requestWith =
  (dispatcher: Dispatcher): SendRequest =>
  async (request) => {
    const url = parseUrl(request.url)
    const deadline = startDeadline(url.host, request.timeoutMs ?? 30_000, request.signal)
    const body = request.body === undefined ? {} : { body: request.body }
    const hop: Hop = { method: request.method.toUpperCase(), url, headers: { ...request.headers }, ...body }
    const limits = { maxBytes: request.maxBytes ?? 5_000_000, redirects: request.redirects ?? 5 }
    try {
      return await follow(hop, { dispatcher, signal: deadline.signal, ...limits })
    } catch (error) {
      throw deadline.reason() ?? networkFailure(error, url.host)
    } finally {
      deadline.clear()
    }
  }

type FollowOptions = { dispatcher: Dispatcher; signal: AbortSignal; maxBytes: number; redirects: number }

async function follow(first: Hop, options: FollowOptions): Promise<OutboundAnswer> {
  let hop = first
  for (let followed = 0; ; followed++) {
    assertWebAddress(hop.url)
    const answer = await exchange(hop, options)
    const location = answer.headers.location
    if (options.redirects === 0 || location === undefined || !redirectStatuses.has(answer.status)) return answer
    if (followed === options.redirects) {
      throw new NodeError({
        code: 'network',
        message: `${first.url.host} redirected more than ${options.redirects} times.`,
      })
    }
    hop = nextHop(hop, answer.status, location)
  }
}

const redirectStatuses = new Set([301, 302, 303, 307, 308])

async function exchange(hop: Hop, options: FollowOptions): Promise<OutboundAnswer> {
  try {
    const answer = await send(hop.url, {
      dispatcher: options.dispatcher,
      method: hop.method,
      headers: { 'accept-encoding': acceptedEncodings, 'user-agent': 'Baton', ...lowerCased(hop.headers) },
      body: hop.body ?? null,
      signal: options.signal,
    })
    const headers = joined(answer.headers)
    const hasBody = hop.method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304
    const encoding = hasBody ? (headers['content-encoding'] ?? '') : ''
    const body = await readBody(answer.body, encoding, { host: hop.url.host, maxBytes: options.maxBytes })
    return { status: answer.statusCode, headers, body, url: hop.url.href }
  } catch (error) {
    throw networkFailure(error, hop.url.host)
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url)
    throw new NodeError({ code: 'invalid_config', message: `"${text.slice(0, 200)}" is not a complete web address.` })
  return url
}

export function assertWebAddress(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new NodeError({ code: 'blocked_address', message: `Only http and https can be called, not ${url.protocol}` })
  }
  if (url.username !== '' || url.password !== '') {
    throw new NodeError({
      code: 'invalid_config',
      message: `The address of ${url.host} contains a password. Put it in a secret and send it as a header.`,
    })
  }
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const joined = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
