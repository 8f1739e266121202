import { parseArgs } from 'node:util'
import { startModelServer } from '@/server/models/testing/model-server'

/** The scripted server as its own process. Prints one line of JSON with its address, ends with SIGTERM. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    first: { type: 'string', default: '50' },
    tokens: { type: 'string', default: '40' },
    per: { type: 'string', default: '5' },
    keep: { type: 'string', default: '0' },
  },
})

const server = await startModelServer({
  port: Number(values.port),
  keep: Number(values.keep),
  script: () => ({
    kind: 'tokens',
    tokens: Number(values.tokens),
    firstTokenMs: Number(values.first),
    perTokenMs: Number(values.per),
  }),
})
process.stdout.write(`${JSON.stringify({ url: server.url, pid: process.pid })}\n`)
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
