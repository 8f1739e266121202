import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateTokens } from '@/server/models/estimate-tokens'
import { costOf, priceOf, pricesAsOf } from '@/server/models/price'
import type { Connection, Price } from '@/server/models/types'

const at = (baseUrl: string, prices?: Record<string, Price>): Connection => ({
  name: 'c',
  baseUrl,
  apiKey: null,
  models: [],
  ...(prices ? { prices } : {}),
})
const openai = 'https://api.openai.com/v1'

describe('prices', () => {
  it('are dated', () => expect(pricesAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/))

  it('are known for listed models, dated snapshots included', () => {
    expect(priceOf(at(openai), 'gpt-4o-mini')).toMatchObject({ input: 0.15, output: 0.6 })
    expect(priceOf(at(openai), 'gpt-4o-mini-2024-07-18')).toEqual(priceOf(at(openai), 'gpt-4o-mini'))
    expect(priceOf(at(openai), 'gpt-4o-2024-05-13')).toMatchObject({ input: 5 })
    const google = at('https://generativelanguage.googleapis.com/v1beta/openai')
    expect(priceOf(google, 'models/gemini-2.5-flash')).toMatchObject({ input: 0.3 })
  })

  it('are unknown for another model, and for the same name at another host', () => {
    for (const [url, model] of [
      [openai, 'gpt-99'],
      [openai, 'constructor'],
      ['http://localhost:1234/v1', 'gpt-4o'],
      ['nonsense', 'gpt-4o'],
    ] as const) {
      expect(priceOf(at(url), model)).toBeNull()
    }
  })

  it('set by the workspace win, and a star stands for all models', () => {
    const mine = { input: 9, output: 9 }
    expect(priceOf(at(openai, { 'gpt-4o': mine }), 'gpt-4o')).toEqual(mine)
    expect(priceOf(at('http://localhost/v1', { '*': { input: 0, output: 0 } }), 'anything')).toEqual({
      input: 0,
      output: 0,
    })
  })

  it('make a cost in which cached input is cheaper and unknown stays unknown', () => {
    const price = { input: 2, output: 8, cachedInput: 0.5 }
    expect(costOf(price, { inputTokens: 1_000_000, outputTokens: 500_000 })).toBe(6)
    expect(costOf(price, { inputTokens: 1_000_000, outputTokens: 0, cachedTokens: 400_000 })).toBeCloseTo(1.4)
    expect(costOf(null, { inputTokens: 1, outputTokens: 1 })).toBeNull()
    expect(costOf({ ...price, maxInputTokens: 10 }, { inputTokens: 11, outputTokens: 1 })).toBeNull()
  })

  it('never make a negative cost, whatever an endpoint counts', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (inputTokens, outputTokens, cachedTokens) => {
        const cost = costOf({ input: 1, output: 2, cachedInput: 0.1 }, { inputTokens, outputTokens, cachedTokens })
        expect(cost).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('the estimate before a call', () => {
  const of = (content: string) => estimateTokens({ model: 'm', messages: [{ role: 'user', content }] })

  it('is not below what tokenizers count, for prose, code and Chinese', async () => {
    const { countTokens } = await import('gpt-tokenizer')
    const samples = [
      'The quick brown fox jumps over the lazy dog. It was not amused, and said so at length.'.repeat(5),
      'export const f = (x: number) => (x > 0 ? [x, x * 2].map((y) => y ** 2) : null)\n'.repeat(3),
      '茶是一种由茶树的叶子制成的饮料，在世界各地都很受欢迎。'.repeat(5),
      JSON.stringify({ id: 17, name: 'Ada', tags: ['a', 'b'], nested: { ok: true } }).repeat(2),
    ]
    for (const text of samples) {
      expect(of(text)).toBeGreaterThanOrEqual(countTokens(text))
      expect(of(text)).toBeLessThan(countTokens(text) * 3 + 20)
    }
  })

  it('grows with everything that is sent', () => {
    fc.assert(fc.property(fc.string(), fc.string({ minLength: 8 }), (a, b) => of(a + b) > of(a)))
    const messages = [{ role: 'user', content: 'x' }] as const
    const base = estimateTokens({ model: 'm', messages })
    const tools = [{ name: 't', description: 'd', parameters: { type: 'object' } }]
    expect(estimateTokens({ model: 'm', messages, tools })).toBeGreaterThan(base)
    expect(estimateTokens({ model: 'm', messages, outputSchema: { type: 'object' } })).toBeGreaterThan(base)
  })
})
