import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export type LocalServer = { host: string; url: string; close(): void }

export async function listenLocally(handle: RequestListener): Promise<LocalServer> {
  const server = createServer(handle)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
