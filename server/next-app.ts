import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

export type NextHandler = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Takes the socket over which pages reload in development; false: not Next's, the caller decides. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  close(): Promise<void>
}

/** Pages, served inside this process. Next is loaded only when it is asked for: a bare worker must not pay for it. */
export async function createNextHandler(options: {
  dev: boolean
  dir: string
  host: string
  port: number
}): Promise<NextHandler> {
  // Before Next and React are loaded: they look at it once, and nobody need have set it.
  Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: options.dev ? 'development' : 'production' })
  const { default: next } = await import('next')
  // Next listens for upgrades on the server it is given, or else takes the one of its first request: ours, where it
  // would run its routing for every Socket.IO connection and may proxy one to elsewhere. So it gets a server that
  // never listens, and only what is its own is passed on.
  const unheard = createServer()
  const app = next({
    dev: options.dev,
    dir: options.dir,
    hostname: options.host,
    port: options.port,
    httpServer: unheard,
  })
  await app.prepare()
  const handler = app.getRequestHandler()
  return {
    handle: (request, response) => handler(request, response),
    upgrade: (request, socket, head) =>
      options.dev && (request.url ?? '').startsWith('/_next/hmr') && unheard.emit('upgrade', request, socket, head),
    close: () => app.close(),
  }
}
