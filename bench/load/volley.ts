import { connect, type Socket } from 'node:net'
import { type Answer, createAnswerReader } from '@/bench/load/answer-reader'
import { percentile } from '@/bench/stats'

export type Volley = {
  host: string
  port: number
  path: string
  headers: Record<string, string>
  body: string
  connections: number
  /** Whichever comes first ends it: the time, or the number of answers. */
  seconds?: number
  answers?: number
  /** Every answer must have this status and contain this text. */
  expect: { status: number; text: string }
}

export type VolleyResult = {
  answers: number
  seconds: number
  perSecond: number
  p50: number
  p95: number
  max: number
  /** Answers that were not as expected, and the first of them. */
  wrong: number
  firstWrong: string | null
}

/** Keeps every connection busy with one request at a time. */
export function fire(volley: Volley): Promise<VolleyResult> {
  const request = requestBytes(volley)
  const expected = Buffer.from(volley.expect.text)
  const began = performance.now()
  const until = began + (volley.seconds ?? Number.POSITIVE_INFINITY) * 1000
  const latencies: number[] = []
  let left = volley.answers ?? Number.POSITIVE_INFINITY
  let wrong = 0
  let firstWrong: string | null = null
  let finishedAt = began

  const judge = ({ status, body }: Answer) => {
    if (status === volley.expect.status && body.includes(expected)) return
    wrong++
    firstWrong ??= `${status} ${body.toString('utf8', 0, 500)}`
  }
  const keepBusy = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let sentAt = 0
      let isOver = false
      const socket: Socket = connect({ host: volley.host, port: volley.port, noDelay: true })
      const end = () => {
        isOver = true
        socket.end()
      }
      const send = () => {
        if (left <= 0) return end()
        left--
        sentAt = performance.now()
        socket.write(request)
      }
      const read = createAnswerReader((answer) => {
        const now = performance.now()
        judge(answer)
        if (now > until) return end()
        latencies.push(now - sentAt)
        finishedAt = now
        send()
      })
      socket.once('connect', send)
      socket.on('data', read)
      socket.once('error', reject)
      socket.once('close', () => (isOver ? resolve() : reject(new Error('The server closed the connection.'))))
    })

  return Promise.all(Array.from({ length: volley.connections }, keepBusy)).then(() => {
    const seconds = volley.answers === undefined ? (volley.seconds ?? 0) : (finishedAt - began) / 1000
    return {
      answers: latencies.length,
      seconds,
      perSecond: latencies.length / seconds,
      p50: percentile(latencies, 0.5),
      p95: percentile(latencies, 0.95),
      max: percentile(latencies, 1),
      wrong,
      firstWrong,
    }
  })
}

function requestBytes({ host, port, path, headers, body }: Volley): Buffer {
  const lines = Object.entries({
    host: `${host}:${port}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}
