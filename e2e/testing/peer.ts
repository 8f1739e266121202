import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Heard = { method: string; url: string; headers: IncomingHttpHeaders; body: string }
export type Peer = { port: number; origin: string; heard: Heard[]; close(): Promise<void> }

/** Another machine's HTTP server, for what leaves Baton. Unless told otherwise it says what it has heard. */
export async function startPeer(answer: (heard: Heard, response: ServerResponse) => void = echo): Promise<Peer> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const one = { method, url, headers, body: await text(request) }
    heard.push(one)
    answer(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    heard,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const echo = (heard: Heard, response: ServerResponse) => sendJson(response, 200, heard)

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}
