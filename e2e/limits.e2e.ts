import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi } from './testing/api'
import { type RunningBaton, runCommand, startBaton } from './testing/baton'
import { word } from './testing/chance'

const tokenIn = (text: string) => /sign-in\?token=([\w-]+)/.exec(text)?.[1] ?? ''

/** From a client address of its own: these servers are told that one proxy stands in front. */
function spend(baton: RunningBaton, token: string, address: string): Promise<Response> {
  return fetch(`${baton.origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ token }),
    headers: { origin: baton.origin, 'x-forwarded-for': `198.18.0.9, ${address}` },
  })
}

describe('limits', () => {
  let one: RunningBaton & { databaseUrl: string }
  let other: RunningBaton
  beforeAll(async () => {
    one = await startBaton({ BATON_TRUST_PROXY: '1', BATON_API_RATE: '5' })
    other = await startBaton({ BATON_TRUST_PROXY: '1', BATON_API_RATE: '5', DATABASE_URL: one.databaseUrl })
  })
  afterAll(async () => {
    await other?.stop()
    await one?.stop()
  })

  it('stop who tries sign-in links, in all processes together, and nobody else', async () => {
    const guesses = Array.from({ length: 60 }, (_, index) =>
      spend(index % 2 === 0 ? one : other, word().padEnd(22, 'x'), '203.0.113.5'),
    )
    const answers = await Promise.all(guesses)
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(20)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(40)
    for (const answer of refused) {
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await answer.json()).toMatchObject({ status: 429, code: 'rate_limited' })
    }
    const link = await runCommand({ ...one.settings, BATON_URL: one.origin }, 'link')
    expect((await spend(one, tokenIn(link.out), '203.0.113.5')).status).toBe(429)
    expect((await spend(one, tokenIn(link.out), '203.0.113.6')).status).toBe(303)
    const api = await openApi(one)
    expect((await api.ask('GET', '/me', undefined, { headers: { 'x-forwarded-for': '203.0.113.5' } })).status).toBe(200)
  })

  it('hold an API key to its rate, tell it when to come again, and let another key through', async () => {
    const [eager, calm] = [await openApi(one), await openApi(one)]
    const answers = await Promise.all(Array.from({ length: 40 }, () => eager.ask('GET', '/me')))
    const passed = answers.filter(({ status }) => status === 200).length
    const refused = answers.filter(({ status }) => status === 429)
    expect(passed).toBeGreaterThanOrEqual(10)
    expect(refused.length).toBeGreaterThan(20)
    expect(passed + refused.length).toBe(40)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect((await calm.ask('GET', '/me')).status).toBe(200)
    await expect.poll(async () => (await eager.ask('GET', '/me')).status, { interval: 250, timeout: 5_000 }).toBe(200)
  })

  it('answer who sends wrong keys on and on with 429, while a right one from the same address passes', async () => {
    const api = await openApi(one)
    const statuses = await Promise.all(
      Array.from(
        { length: 400 },
        async () => (await api.ask('GET', '/me', undefined, { key: word('baton_').padEnd(49, 'x') })).status,
      ),
    )
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    expect((await api.ask('GET', '/me')).status).toBe(200)
  })
})

describe('without a proxy that is trusted', () => {
  it('a made-up address does not help against a limit', async () => {
    const baton = await startBaton()
    const statuses: number[] = []
    for (let time = 0; time < 25; time += 1)
      statuses.push((await spend(baton, word().padEnd(22, 'x'), `203.0.113.${time}`)).status)
    expect(statuses.filter((status) => status === 403)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    await baton.stop()
  })
})
