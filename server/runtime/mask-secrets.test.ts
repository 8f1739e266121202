import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { maskSecrets } from './mask-secrets'

describe('an answer that repeats a secret', () => {
  const secret = randomUUID()
  const secrets = new Map([['crm', secret]])

  it('is recorded without it, wherever it stands', () => {
    const answer = { status: 200, body: { echo: [`Bearer ${secret}`, 7, null], [`k${secret}`]: true } }
    expect(maskSecrets(answer, secrets)).toEqual({
      status: 200,
      body: { echo: ['Bearer [secret crm]', 7, null], 'k[secret crm]': true },
    })
  })

  it('stays as it is where the secret is too short to be told from a word', () => {
    expect(maskSecrets('a cat', new Map([['pin', 'cat']]))).toBe('a cat')
  })
})
