import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@/engine/json'
import { simulate } from '@/server/models/simulated/simulated'

/** What it makes of an object with these fields. */
function fill(properties: JsonObject, prompt: string, instructions = ''): JsonObject {
  const outputSchema = { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
  const messages = [{ role: 'system', content: instructions } as const, { role: 'user', content: prompt } as const]
  return JSON.parse(simulate({ model: 'default', messages, outputSchema }).text) as JsonObject
}

const text = { type: 'string' }
const maybe = { type: ['string', 'null'] }
const list = (items: JsonObject) => ({ type: 'array', items, maxItems: 3 })
const invoice =
  'Document: INVOICE 2291, Alder Print, 3 March 2026. 500 posters, total 640.00 EUR. Contact ruth@alder.example'

describe('the fields of a structured answer', () => {
  it('that ask for words of the text quote it, and never the request around it', () => {
    const sentences = ['Oslo has eleven tram lines today.', 'Bergen opened its first line in 2010.']
    const { claims } = fill(
      { claims: list({ type: 'object', properties: { claim: text }, required: ['claim'] }) },
      `Find the claims.\n\n${sentences.join(' ')}`,
    )
    expect(claims).toHaveLength(3)
    for (const { claim } of claims as { claim: string }[]) expect(sentences).toContain(claim)
  })

  it('that may be null hold what the text says, or null', () => {
    const fields = {
      number: maybe,
      date: { type: ['string', 'null'], format: 'date' },
      billing_email: maybe,
      owner: maybe,
    }
    expect(fill(fields, invoice)).toEqual({
      number: '2291',
      date: '2026-03-03',
      billing_email: 'ruth@alder.example',
      owner: null,
    })
    expect(fill(fields, 'Document: a letter')).toEqual({ number: null, date: null, billing_email: null, owner: null })
  })

  it('take amounts from beside a currency, and no numbers from the rounds of a transcript', () => {
    expect(fill({ amount: { type: 'number', minimum: 0, maximum: 9999 } }, invoice)).toEqual({ amount: 640 })
    const prompt = 'What the team has said so far:\n\n[round 1] a:\nYes\n\nYour task:\nCount 37 cups'
    expect(fill({ count: { type: 'integer', minimum: 1, maximum: 99 } }, prompt)).toEqual({ count: 37 })
  })

  it('that ask a question end with a question mark, and items of a list have titles of their own', () => {
    const item = { type: 'object', properties: { title: text, question: text }, required: ['title', 'question'] }
    const prompt = 'Question: Should a town of 40,000 people buy electric buses or keep its trams?'
    const parts = fill({ parts: list(item) }, prompt).parts as { title: string; question: string }[]
    for (const { question } of parts) expect(question).toMatch(/\?$/)
    expect(new Set(parts.map(({ title }) => title)).size).toBeGreaterThan(1)
  })

  it('name the ids of passages and the tables of a query', () => {
    expect(['b-1', 'b-2']).toContain(
      fill({ citation: text }, 'Question: when?\n\n[b-1] On Monday.\n[b-2] On Tuesday.').citation,
    )
    const query = 'Query: select * from orders where customer_id = $1 and status = 2'
    expect(fill({ sql: text }, query, 'You propose one index.').sql).toBe(
      'CREATE INDEX CONCURRENTLY ON orders (customer_id, status)',
    )
  })
})

describe('the topic', () => {
  const topicIn = (prompt: string) => fill({ title: text }, prompt).title

  it('is what stands behind a label, with its numbers whole', () => {
    expect(topicIn('Aim: Sell 40,000 cups of tea.\n\nLimits: none')).toBe('Sell 40,000 cups of tea')
  })

  it('of a question is what it asks about, not the question', () => {
    expect(topicIn('Question: Should we buy electric buses?')).toBe('Buy electric buses')
  })
})
