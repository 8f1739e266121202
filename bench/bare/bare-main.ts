import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'pg'
import { runBare } from '@/bench/bare/run'
import { bareSchema } from '@/bench/bare/schema'
import { createBareStore } from '@/bench/bare/store'
import { answerQuestions } from '@/bench/child'

export type BareSettings = { url: string; lanes: number }

/** The yardstick: what `node:http` and `pg` can do when they do nothing else. */
export async function serveBare({ url, lanes }: BareSettings): Promise<void> {
  const pool = new Pool({ connectionString: url, max: lanes, application_name: 'bench-bare' })
  await pool.query(bareSchema)
  const store = createBareStore(pool, lanes)
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.once('end', () => {
      runBare(store, body).then(
        (text) => {
          const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
          response.writeHead(200, headers).end(text)
        },
        (error: Error) => response.writeHead(500).end(error.message),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  answerQuestions<'port', number>(() => port)
}
