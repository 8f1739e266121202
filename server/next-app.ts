import type { IncomingMessage, Server, ServerResponse } from 'node:http'

export type NextHandler = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  close(): Promise<void>
}

/**
 * Pages, served inside this process. Next is loaded only when it is asked for: a bare worker must not pay for it.
 * In development `server` lets Next attach the socket over which pages reload.
 */
export async function createNextHandler(options: {
  dev: boolean
  dir: string
  host: string
  port: number
  server?: Server
}): Promise<NextHandler> {
  // Before Next and React are loaded: they look at it once, and nobody need have set it.
  Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: options.dev ? 'development' : 'production' })
  const { default: next } = await import('next')
  const app = next({
    dev: options.dev,
    dir: options.dir,
    hostname: options.host,
    port: options.port,
    ...(options.server ? { httpServer: options.server } : {}),
  })
  await app.prepare()
  const handler = app.getRequestHandler()
  return {
    handle: (request, response) => handler(request, response),
    close: () => app.close(),
  }
}
