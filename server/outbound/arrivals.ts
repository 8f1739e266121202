import type { Dispatcher } from 'undici'

/** The body of an answer on its way here. */
export type Arrivals = AsyncIterable<Uint8Array> & { text: () => Promise<string> }

/** What the connection says, in the order in which it says it. */
export type Inlet = { push: (chunk: Buffer) => void; end: () => void; fail: (error: Error) => void }

type Flow = Pick<Dispatcher.DispatchController, 'abort' | 'pause' | 'resume' | 'paused'>

/** What may wait for its reader before the other side has to wait too. */
const waitingMax = 256 * 1024

/** How long the rest of an answer nobody reads may take, so that its connection can be used again. */
const restMs = 1_000

/**
 * A body without a stream around it: model answers arrive in thousands of small pieces, and node's streams cost several
 * times what reading those takes.
 */
export function openArrivals(flow: Flow): { arrivals: Arrivals; inlet: Inlet } {
  let chunks: Buffer[] = []
  let size = 0
  let state: 'open' | 'ended' | 'unread' | { error: Error } = 'open'
  let wake: (() => void) | null = null
  let rest: NodeJS.Timeout | null = null

  const settle = (next: typeof state) => {
    if (rest) clearTimeout(rest)
    if (state === 'open') state = next
    wake?.()
  }
  const inlet: Inlet = {
    push: (chunk) => {
      if (state !== 'open') return
      chunks.push(chunk)
      size += chunk.length
      if (size > waitingMax) flow.pause()
      wake?.()
    },
    end: () => settle('ended'),
    fail: (error) => settle({ error }),
  }
  const arrived = () =>
    new Promise<void>((resolve) => {
      wake = () => {
        wake = null
        resolve()
      }
    })
  const take = (): Buffer => {
    const [first] = chunks
    const all = first && chunks.length === 1 ? first : Buffer.concat(chunks)
    chunks = []
    size = 0
    if (flow.paused) flow.resume()
    return all
  }
  const leave = () => {
    if (state !== 'open') return
    state = 'unread'
    chunks = []
    if (flow.paused) flow.resume()
    rest = setTimeout(() => flow.abort(new Error('Nobody reads the rest of this answer.')), restMs)
    rest.unref()
  }
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    for (;;) {
      if (chunks.length > 0) return { done: false, value: take() }
      if (typeof state === 'object') throw state.error
      if (state !== 'open') return { done: true, value: undefined }
      await arrived()
    }
  }

  const iterator: AsyncIterator<Uint8Array> = {
    next,
    return: async () => {
      leave()
      return { done: true, value: undefined }
    },
  }
  const text = async () => {
    const all: Uint8Array[] = []
    for (let piece = await next(); !piece.done; piece = await next()) all.push(piece.value)
    return new TextDecoder().decode(all.length === 1 ? all[0] : Buffer.concat(all))
  }
  return { arrivals: { [Symbol.asyncIterator]: () => iterator, text }, inlet }
}
