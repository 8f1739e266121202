import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerQuestions } from '@/bench/child'

/** Answers 200 to everything: how much the load generator itself can do. */
export function serveTrivial(): void {
  const body = Buffer.from('{"status":"completed"}')
  const server = createServer((request, response) => {
    request.resume()
    request.once('end', () => response.writeHead(200, { 'content-length': body.length }).end(body))
  })
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    answerQuestions<'port', number>(() => port)
  })
}
