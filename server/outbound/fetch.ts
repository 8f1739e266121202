import { type Dispatcher, type RequestInit as SendInit, fetch as send } from 'undici'
import { NodeError } from '@/engine/failure'
import { networkFailure } from '@/server/outbound/network-failure'

/** The shape the openai SDK asks for. */
export type OutboundFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/**
 * Streams, and has no cap of its own: the caller aborts. Redirects are refused, because a custom key header would go
 * along to wherever they point.
 */
export const fetchWith =
  (dispatcher: Dispatcher): OutboundFetch =>
  async (input, init) => {
    if (input instanceof Request) throw new TypeError('Give the address and the settings, not a Request.')
    const url = new URL(input)
    const answer = await send(url, { ...(init as SendInit), dispatcher, redirect: 'manual' }).catch(
      (error: unknown) => {
        if (init?.signal?.aborted) throw error
        throw networkFailure(error, url.host)
      },
    )
    if (answer.status < 300 || answer.status >= 400) return answer as unknown as Response
    await answer.body?.cancel()
    const place = URL.parse(answer.headers.get('location') ?? '', url)?.origin ?? 'another place'
    throw new NodeError({ code: 'network', message: `${url.host} redirects to ${place}. Use that address instead.` })
  }
