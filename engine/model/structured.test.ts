import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { checkOutput, repairMessage } from '@/engine/model/structured'

const schema = { type: 'object', required: ['a'], properties: { a: { type: 'number' } } }

describe('reading JSON out of an answer', () => {
  it.each([
    ['the text itself', '{"a": 1}'],
    ['with space around', '\n  {"a": 1}\n'],
    ['a fenced block', 'Here you are:\n```json\n{"a": 1}\n```\nEnjoy!'],
    ['a fenced block without a language', '```\n{"a": 1}\n```'],
    ['the fenced block that holds JSON', '```js\nlet x\n```\nand\n```json\n{"a": 1}\n```'],
    ['inside a sentence', 'The answer is {"a": 1}, as you wished.'],
    ['after brackets that are none', 'In [brackets] {so to say} it is {"a": 1}.'],
  ])('finds %s', (_, text) => {
    expect(checkOutput(schema, text)).toEqual({ ok: true, data: { a: 1 } })
  })

  it('finds any value behind words, fenced or not', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
    fc.assert(
      fc.property(value, fc.boolean(), (wanted, fenced) => {
        const json = JSON.stringify(wanted)
        fc.pre(!fenced || !json.includes('```'))
        const text = fenced ? `Sure!\n\`\`\`json\n${json}\n\`\`\`` : `Sure: ${json} — done.`
        expect(checkOutput(true, text)).toEqual({ ok: true, data: JSON.parse(json) as Json })
      }),
    )
  })

  it('says what is wrong, each problem with its place', () => {
    expect(checkOutput(schema, 'no idea')).toEqual({ ok: false, problems: ['The answer contains no valid JSON.'] })
    expect(checkOutput(schema, '{"a": "x"}')).toEqual({ ok: false, problems: ['a must be number, is string'] })
    expect(checkOutput(schema, '[]')).toEqual({ ok: false, problems: ['The value must be object, is array'] })
  })

  it('a wall of brackets is given up on quickly', () => {
    const started = performance.now()
    expect(checkOutput(schema, '{'.repeat(200_000)).ok).toBe(false)
    expect(checkOutput(schema, '```\n'.repeat(20_000)).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('asks for the repair in words that name every problem', () => {
    const { role, content } = repairMessage(['a is missing', 'b must be number'])
    expect(role).toBe('user')
    expect(content).toContain('- a is missing\n- b must be number')
  })
})
