import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { NodeError } from '@/engine/failure'
import { type Arrivals, type Inlet, openArrivals } from '@/server/outbound/arrivals'
import { decodedBody } from '@/server/outbound/body'
import { networkFailure } from '@/server/outbound/network-failure'
import { assertWebAddress } from '@/server/outbound/request'

/** The parts of a `Response` that the openai SDK and its callers use. Undici's own costs four times what the call does. */
export type FetchAnswer = {
  ok: boolean
  status: number
  headers: Pick<Headers, 'get'> & { entries: () => Iterable<[string, string]> }
  body: AsyncIterable<Uint8Array> | null
  text: () => Promise<string>
  json: () => Promise<unknown>
}

/** The shape the openai SDK asks for. */
export type OutboundFetch = (input: string | URL | Request, init?: RequestInit) => Promise<FetchAnswer>

type Started = { status: number; headers: IncomingHttpHeaders; arrivals: Arrivals; giveUp: (reason: Error) => void }

/**
 * Streams, and has no cap of its own: the caller aborts. Redirects are refused, because a custom key header would go
 * along to wherever they point.
 */
export const fetchWith =
  (dispatcher: Dispatcher): OutboundFetch =>
  async (input, init = {}) => {
    if (input instanceof Request) throw new TypeError('Give the address and the settings, not a Request.')
    const url = new URL(input)
    assertWebAddress(url)
    const started = await start(dispatcher, url, init).catch((error: unknown) => {
      if (init.signal?.aborted) throw error
      throw networkFailure(error, url.host)
    })
    const { status, headers, giveUp } = started
    if (status < 300 || status >= 400) return answerOf(started, url.host)
    const place = URL.parse(headers.location ?? '', url)?.origin ?? 'another place'
    const refused = new NodeError({
      code: 'network',
      message: `${url.host} redirects to ${place}. Use that address instead.`,
    })
    giveUp(refused)
    throw refused
  }

/** Resolves with the head of the answer; whatever happens later happens to its body. */
function start(dispatcher: Dispatcher, url: URL, init: RequestInit): Promise<Started> {
  const { signal } = init
  return new Promise((resolve, reject) => {
    let control: Dispatcher.DispatchController | null = null
    let inlet: Inlet | null = null
    const fail = (error: Error) => {
      signal?.removeEventListener('abort', abort)
      reject(error)
      inlet?.fail(error)
    }
    // A request that still waits for its connection has nothing to abort yet, and must not wait for it.
    const abort = () => {
      fail(signal?.reason)
      control?.abort(signal?.reason)
    }
    if (signal?.aborted) return reject(signal.reason)
    signal?.addEventListener('abort', abort, { once: true })
    const { pathname, search, origin } = url
    const method = (init.method ?? 'GET') as Dispatcher.HttpMethod
    const request = { origin, path: pathname + search, method, headers: headersOf(init), body: bodyOf(init) }
    dispatcher.dispatch(request, {
      onRequestStart: (controller) => {
        control = controller
        if (signal?.aborted) controller.abort(signal.reason)
      },
      onResponseStart: (controller, status, headers) => {
        if (status < 200) return
        const opened = openArrivals(controller)
        inlet = opened.inlet
        const giveUp = (reason: Error) => {
          fail(reason)
          controller.abort(reason)
        }
        resolve({ status, headers, arrivals: opened.arrivals, giveUp })
      },
      onResponseData: (_, chunk) => inlet?.push(chunk),
      onResponseEnd: () => {
        signal?.removeEventListener('abort', abort)
        inlet?.end()
      },
      onResponseError: (_, error) => fail(error),
    })
  })
}

/** Answers of models are small, and a compressed stream arrives in larger pieces. */
function headersOf({ headers = {} }: RequestInit): string[] {
  const list = ['accept-encoding', 'identity']
  for (const [name, value] of Symbol.iterator in headers ? headers : Object.entries(headers)) {
    if (name !== undefined && value !== undefined) list.push(name, value)
  }
  return list
}

function bodyOf({ body }: RequestInit): string | Uint8Array | null {
  if (body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array) return body ?? null
  throw new TypeError('Give the body as text or bytes.')
}

function answerOf({ status, headers, arrivals }: Started, host: string): FetchAnswer {
  const encoding = headers['content-encoding'] ?? ''
  const body = encoding === '' || encoding === 'identity' ? arrivals : decodedBody(arrivals, encoding, host)
  const text = body.text
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: {
      get: (name) => headers[name.toLowerCase()]?.toString() ?? null,
      entries: () => Object.entries(headers).map(([name, value]) => [name, String(value)]),
    },
    body,
    text,
    json: async () => JSON.parse(await text()),
  }
}
