import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Stream } from '@/engine/run/delta'
import type { Listener, RunHub } from './run-hub'
import { startWatching } from './watching'

it('several nodes that speak at once are all heard, although each piece fills the connection for a moment', async () => {
  const listeners = new Set<Listener>()
  const hub = {
    add: (listener: Listener) => void listeners.add(listener),
    remove: (listener: Listener) => void listeners.delete(listener),
    recent: { after: () => [], last: () => 0 },
  } as unknown as RunHub
  const heard = new Map<string, string>()
  let isFree = true
  const stop = startWatching({
    hub,
    after: 0,
    readEvents: async () => [],
    outlet: {
      events: () => {},
      page: async () => {},
      live: () => {},
      isFree: () => isFree,
      giveUp: () => {},
      delta: ({ path, text, from }, offset) => {
        heard.set(path, (heard.get(path) ?? '') + text.slice(offset - from))
        isFree = false
      },
    },
  })
  await expect.poll(() => listeners.size).toBe(1)
  const words = ['a', 'b', 'c'].map((path) => ({ path, text: randomUUID() }))
  for (let end = 1; end <= 36; end++) {
    for (const { path, text } of words) {
      const stream: Stream = { path, step: 'm1', attempt: 0, from: 0, text: text.slice(0, end) }
      for (const listener of listeners) listener.onStream(`${path}:m1`, stream)
    }
    await Promise.resolve()
    isFree = true
  }
  stop()
  expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(words.map(({ path, text }) => [path, text])))
})
