import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server whose answers wait until they are let go: what a run asks of it keeps the run at work for as long. */
export async function openHeldServer() {
  const waiting = new Map<string, (() => void)[]>()
  const heard: string[] = []
  let open = false
  const server = createServer((request, response) => {
    const key = (request.url ?? '/').slice(1)
    const answer = () => response.setHeader('content-type', 'application/json').end(JSON.stringify({ key }))
    heard.push(key)
    if (open) return answer()
    waiting.set(key, [...(waiting.get(key) ?? []), answer])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const letGo = (key: string) => {
    for (const answer of waiting.get(key) ?? []) answer()
    waiting.delete(key)
  }
  return {
    host: `127.0.0.1:${port}`,
    /** Keys of all requests, in order. */
    heard,
    held: () => [...waiting.values()].reduce((sum, list) => sum + list.length, 0),
    letGo,
    letAllGo: () => {
      open = true
      for (const key of [...waiting.keys()]) letGo(key)
    },
    hold: () => {
      open = false
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
    /** A workflow that is at work until the answer for its input's key is let go. */
    graph: {
      baton: 1 as const,
      name: 'held',
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'key', type: 'text', required: true }] } },
        { id: 'ask', kind: 'http', config: { method: 'GET', url: `http://127.0.0.1:${port}/{{ start.key }}` } },
        { id: 'done', kind: 'output', config: { value: '{{ start.key }}' } },
      ],
      edges: [
        { source: 'start', target: 'ask' },
        { source: 'ask', target: 'done' },
      ],
    },
  }
}
export type HeldServer = Awaited<ReturnType<typeof openHeldServer>>
