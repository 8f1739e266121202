import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { makeRef } from '@/engine/payload'
import { toWire, type WireRef } from '@/engine/run/wire'
import { isWhole, lastWords, plainWords, readableStart, showPreview, showValue } from './value-text'
import { shortestCut } from './values/wire-value'

function onTheWire(value: Json): WireRef {
  const { ref } = makeRef(value, () => 'hash')
  const event = toWire({ type: 'run.completed', output: ref, seq: 1, at: 1 })
  if (event.type !== 'run.completed') throw new Error('unreachable')
  return event.output
}

describe('values on screen', () => {
  it('a preview counts as whole only when nothing of the value is missing', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 1_200 }),
      fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as Json),
    )
    fc.assert(
      fc.property(value, fc.integer({ min: shortestCut, max: 600 }), (original, most) => {
        const { preview, ...rest } = onTheWire(original)
        const ref = { ...rest, preview: preview.slice(0, most) }
        if (!isWhole(ref)) return
        expect(ref.preview).toBe(typeof original === 'string' ? original : JSON.stringify(original))
      }),
    )
  })

  it('a cut preview is shown as it is, and a whole one as words or data', () => {
    expect(showPreview(onTheWire('x'.repeat(900)))).toEqual({ type: 'words', text: 'x'.repeat(500) })
    const list = Array.from({ length: 200 }, (_, index) => index)
    expect(showPreview(onTheWire(list))).toEqual({ type: 'data', text: JSON.stringify(list).slice(0, 500) })
    expect(showPreview(onTheWire('Tea is a drink.'))).toEqual({ type: 'words', text: 'Tea is a drink.' })
    expect(showPreview(onTheWire({ a: 1 }))).toEqual({ type: 'data', text: '{\n  "a": 1\n}' })
  })

  it('words in JSON that is cut off or still being written can be read', () => {
    const answer = JSON.stringify({ text: JSON.stringify({ say: 'Line "one"\nline 2', delegate: [] }), usage: {} })
    expect(readableStart(answer)).toBe('Line "one"\nline 2')
    for (let end = 22; end < answer.length; end++) {
      expect('Line "one"\nline 2'.startsWith(readableStart(answer.slice(0, end)))).toBe(true)
    }
    expect(readableStart('plain')).toBe('plain')
    expect(readableStart('{"a": 1}')).toBe('{"a": 1}')
    expect(readableStart(`{"text":"${'x'.repeat(100_000)}`)).toHaveLength(100_000)
  })

  it('a line of Markdown is shown without its marks', () => {
    expect(plainWords('## Tea\n\nIt is **hot**:\n- `green`\n2. black')).toBe('Tea It is hot: green black')
    expect(plainWords('2 * 3 - 1 > 4')).toBe('2 * 3 - 1 > 4')
  })

  it('what is said at the moment is shown by its last words, in any language', () => {
    expect(lastWords('Tea is hot.', 20)).toBe('Tea is hot.')
    expect(lastWords('Everybody knows that tea is hot.', 20)).toBe('… that tea is hot.')
    expect(lastWords('茶是热的'.repeat(9), 8)).toBe('…茶是热的茶是热的')
    expect(lastWords(`${'茶'.repeat(30)} 热`, 8)).toBe(`…${'茶'.repeat(6)} 热`)
  })

  it('the answer of an agent is shown as its words', () => {
    expect(showValue({ text: 'Hello', usage: { inputTokens: 1 } })).toEqual({ type: 'words', text: 'Hello' })
    expect(showValue({ text: 'Hello' }).type).toBe('data')
  })
})
