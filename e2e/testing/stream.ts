import { expect } from 'vitest'
import { until } from '@/server/db/embedded/process'
import type { Api, Event } from './api'

/** A server-sent event stream, collected as it comes. */
export async function listen(api: Pick<Api, 'origin' | 'key'>, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.origin}/api/v1${path}`, {
    headers: { authorization: `Bearer ${api.key}`, accept: 'text/event-stream', ...headers },
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events: Event[] = []
  const ids: number[] = []
  const take = (block: string) => {
    const data = /^data: (.*)$/m.exec(block)?.[1]
    if (data === undefined) return
    ids.push(Number(/^id: (\d+)$/m.exec(block)?.[1]))
    events.push(JSON.parse(data))
  }
  const read = async () => {
    let rest = ''
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + piece).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }
  return {
    events,
    ids,
    end: read(),
    until: async (isIt: (event: Event) => boolean) =>
      expect(await until(() => events.some(isIt), 20_000, 10)).toBe(true),
  }
}
