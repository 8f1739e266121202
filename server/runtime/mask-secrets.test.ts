import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { NodeError } from '@/engine/failure'
import { maskSecrets, withoutSecrets } from './mask-secrets'

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

  it('is masked whole where another secret is its beginning', () => {
    const longer = new Map([...secrets, ['long', `${secret}-more`]])
    expect(maskSecrets(`${secret}-more ${secret}`, longer)).toBe('[secret long] [secret crm]')
  })
})

describe('a failure whose sentence repeats a secret', () => {
  it('is told without it, and otherwise as it was', async () => {
    const secret = randomUUID()
    const failing = withoutSecrets(new Map([['crm', secret]]), async () => {
      throw new NodeError({ code: 'invalid_config', message: `"${secret}" is not a complete web address.`, retry: {} })
    })
    await expect(failing).rejects.toMatchObject({
      failure: { code: 'invalid_config', message: '"[secret crm]" is not a complete web address.', retry: {} },
    })
  })
})
