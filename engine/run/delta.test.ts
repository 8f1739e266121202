import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Delta, endsStream, hearDelta, type Stream } from './delta'

const said = (offset: number, text: string, attempt = 1): Delta => ({
  path: 'write',
  step: 'm1',
  attempt,
  offset,
  text,
})
const heard = (...deltas: Delta[]): Stream | undefined =>
  deltas.reduce<Stream | undefined>((stream, delta) => hearDelta(stream, delta), undefined)

describe('words on their way', () => {
  it('cut up and repeated in any way they make the same text', () => {
    const piece = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9))
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.array(piece, { minLength: 1 }), (text, pieces) => {
        let stream: Stream | undefined
        for (let at = 0, turn = 0; at < text.length; turn++) {
          const [length, again] = pieces[turn % pieces.length] ?? [1, 0]
          const from = Math.max(0, at - again)
          stream = hearDelta(stream, said(from, text.slice(from, at + length)))
          at += length
        }
        expect(stream).toMatchObject({ from: 0, text })
      }),
    )
  })

  it('start over with another attempt and ignore what an older one still says', () => {
    expect(heard(said(0, 'old words'), said(0, 'new', 2), said(9, ' late'))).toMatchObject({ attempt: 2, text: 'new' })
  })

  it('start anew behind a hole, and say where', () => {
    expect(heard(said(0, 'abc'), said(10, 'xyz'))).toMatchObject({ from: 10, text: 'xyz' })
  })

  it('are over when their step is recorded, their node is settled or the run is', () => {
    const stream: Stream = { path: 'write', step: 'm1', attempt: 1, from: 0, text: 'a' }
    const at = { seq: 1, at: 1 }
    const recorded = {
      type: 'step.failed',
      kind: 'model',
      failure: { code: 'timeout', message: '' },
      startedAt: 1,
    } as const
    expect(endsStream({ ...at, ...recorded, path: 'write', step: 'm1' }, stream)).toBe(true)
    expect(endsStream({ ...at, ...recorded, path: 'write', step: 'm2' }, stream)).toBe(false)
    expect(endsStream({ ...at, type: 'node.cancelled', path: 'write' }, stream)).toBe(true)
    expect(endsStream({ ...at, type: 'node.cancelled', path: 'other' }, stream)).toBe(false)
    expect(endsStream({ ...at, type: 'run.cancelled' }, stream)).toBe(true)
  })
})
