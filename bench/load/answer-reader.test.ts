import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createAnswerReader } from '@/bench/load/answer-reader'

const plain = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX: y\r\n\r\n${body}`
const chunked = (body: string) =>
  `HTTP/1.1 503 Busy\r\ntransfer-encoding: chunked\r\n\r\n${[...body]
    .map((char) => `${Buffer.byteLength(char).toString(16)}\r\n${char}\r\n`)
    .join('')}0\r\n\r\n`

it('finds the same answers wherever the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(), { maxLength: 20 }),
      (answers, cuts) => {
        const whole = Buffer.from(answers.map(([chunks, body]) => (chunks ? chunked(body) : plain(body))).join(''))
        const found: { status: number; body: string }[] = []
        const read = createAnswerReader(({ status, body }) => found.push({ status, body: body.toString() }))
        const places = [0, ...cuts.map((cut) => cut % whole.length).sort((a, b) => a - b), whole.length]
        places.slice(1).forEach((to, index) => {
          read(whole.subarray(places[index], to))
        })
        expect(found).toEqual(
          answers.map(([chunks, body]) => ({ status: chunks ? 503 : 200, body: Buffer.from(body).toString() })),
        )
      },
    ),
  )
})
