import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { word } from '@/e2e/testing/chance'
import { createPool } from '@/server/db/pool'
import { type FreshDatabase, freshDatabase } from '@/server/db/testing/fresh-database'
import { guessable } from '@/server/limits/catalogue'
import { createLimits, type Limits, usualLimits } from '@/server/limits/limits'
import { createMeter, type Meter } from '@/server/limits/meter'
import { keepHouse } from '@/server/runtime/housekeeping'

let database: FreshDatabase
let pools: [Pool, Pool]
let both: [Limits, Limits]
beforeAll(async () => {
  database = await freshDatabase()
  const open = () => createPool(database.url, { max: 10, name: 'limits test' })
  pools = [open(), open()]
  both = [createLimits(pools[0], usualLimits), createLimits(pools[1], usualLimits)]
})
afterAll(async () => {
  for (const limits of both) limits.close()
  for (const pool of pools) await pool.end()
  await database.drop()
})

const times = <T>(count: number, act: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => act(at))
const passed = (answers: readonly { ok: boolean }[]) => answers.filter(({ ok }) => ok).length
const either = (index: number) => both[index % 2 === 0 ? 0 : 1]

describe('a bucket in the database', () => {
  test('lets exactly as many through as it holds, of two processes that ask as fast as they can', async () => {
    const { burst } = guessable.sign_in
    const subject = word()
    const answers = await Promise.all(times(burst * 6, (index) => either(index).takeFrom('sign_in', subject)))
    expect(passed(answers)).toBe(burst)
    for (const answer of answers) if (!answer.ok) expect(answer.retryAfterSeconds).toBeGreaterThan(0)
    expect(passed(await Promise.all(times(4, (index) => either(index).takeFrom('sign_in', subject))))).toBe(0)
  })

  test('belongs to one limit and one subject', async () => {
    const [limits] = both
    const [one, other] = [word(), word()]
    await Promise.all(times(guessable.share_password.burst, () => limits.takeFrom('share_password', one)))
    expect((await limits.takeFrom('share_password', one)).ok).toBe(false)
    expect((await limits.takeFrom('share_password', other)).ok).toBe(true)
    expect((await limits.takeFrom('sign_in', one)).ok).toBe(true)
  })

  test('says when it will hold enough, and then does', async () => {
    const [limits] = both
    const { burst, perSecond } = guessable.share
    const subject = word()
    expect((await limits.takeFrom('share', subject, burst)).ok).toBe(true)
    const refused = await limits.takeFrom('share', subject, perSecond / 2)
    expect(refused).toEqual({ ok: false, retryAfterSeconds: 1 })
    await expect
      .poll(async () => (await limits.takeFrom('share', subject, perSecond / 2)).ok, { interval: 50, timeout: 5_000 })
      .toBe(true)
  })

  test('gives nothing that is more than all of it', async () => {
    expect((await both[0].takeFrom('sign_in', word(), guessable.sign_in.burst + 1)).ok).toBe(false)
  })

  test('answers who knocks on without asking the database', async () => {
    let queries = 0
    const counting = new Proxy(pools[0], {
      get: (pool, name) => {
        if (name === 'query') queries += 1
        const value: unknown = Reflect.get(pool, name)
        return typeof value === 'function' ? value.bind(pool) : value
      },
    })
    const limits = createLimits(counting, usualLimits)
    const subject = word()
    for (const _ of times(guessable.sign_in.burst + 1, String)) await limits.takeFrom('sign_in', subject)
    const before = queries
    expect(passed(await Promise.all(times(500, () => limits.takeFrom('sign_in', subject))))).toBe(0)
    expect(queries).toBe(before)
  })

  test('leaves no row behind once it is full again', async () => {
    const subject = word()
    await both[0].takeFrom('share', subject, 1)
    await both[0].takeFrom('sign_in', subject, 1)
    const scopes = async () => {
      await keepHouse(pools[0])
      const { rows } = await pools[0].query<{ scope: string }>('select scope from rate_limit where subject = $1', [
        subject,
      ])
      return rows.map(({ scope }) => scope)
    }
    await expect.poll(scopes, { interval: 50, timeout: 5_000 }).toEqual(['sign_in'])
  })
})

describe('a guess', () => {
  const right = async () => 'found'
  const wrong = async () => null

  test('that is right costs next to nothing, however often', async () => {
    const { burst, hit } = guessable.share
    const subject = word()
    let found = 0
    for (const index of times(Math.floor(burst / hit / 4), Number)) {
      const guess = await either(index).guess('share', subject, right)
      if (guess.ok && guess.found === 'found') found += 1
    }
    expect(found).toBe(Math.floor(burst / hit / 4))
  })

  test('that is wrong is dear: few get an answer, also when all are made at once', async () => {
    const { burst, miss, perSecond } = guessable.share
    const subject = word()
    let looked = 0
    const look = async () => {
      looked += 1
      return wrong()
    }
    const began = performance.now()
    const guesses = await Promise.all(times(200, (index) => either(index).guess('share', subject, look)))
    const flowedIn = ((performance.now() - began) / 1_000) * perSecond
    expect(looked).toBe(passed(guesses))
    expect(looked).toBeGreaterThanOrEqual(burst / miss)
    expect(looked).toBeLessThanOrEqual((burst + flowedIn) / miss)
    expect((await both[0].guess('share', word(), right)).ok).toBe(true)
  })

  test('is free where the operator has switched limits off', async () => {
    const limits = createLimits(pools[0], { ...usualLimits, isOn: false })
    const subject = word()
    expect(passed(await Promise.all(times(100, () => limits.guess('sign_in', subject, wrong))))).toBe(100)
    expect(passed(times(5_000, () => limits.use('wrong_key', subject)))).toBe(5_000)
  })
})

describe('a bucket that is settled a few times a second', () => {
  const burst = 50
  const slow = { burst, perSecond: 0.01 }
  const open = (pool: Pool): Meter => createMeter(pool, { api: slow, wrong_key: slow, page: slow })
  const drain = (meter: Meter, subject: string, tries = burst * 3) =>
    passed(times(tries, () => meter.use('api', subject)))
  const storedSeconds = async (subject: string) => {
    const { rows } = await pools[0].query<{ seconds: number }>(
      `select extract(epoch from full_at - now())::float8 as seconds from rate_limit where scope = 'api' and subject = $1`,
      [subject],
    )
    return rows[0]?.seconds ?? 0
  }

  test('is exact in one process, and costs others nothing', () => {
    const meter = open(pools[0])
    const subject = word()
    expect(drain(meter, subject)).toBe(burst)
    expect(meter.use('api', subject)).toEqual({ ok: false, retryAfterSeconds: 100 })
    expect(meter.use('api', word()).ok).toBe(true)
    expect(meter.use('page', subject).ok).toBe(true)
    meter.close()
  })

  test('is used up for all processes once they have heard of each other', async () => {
    const [here, there] = [open(pools[0]), open(pools[1])]
    const subject = word()
    expect(drain(here, subject)).toBe(burst)
    await expect.poll(() => storedSeconds(subject), { interval: 20, timeout: 5_000 }).toBeGreaterThan(burst * 90)
    let late = 0
    await expect
      .poll(
        () => {
          const answer = there.use('api', subject)
          if (answer.ok) late += 1
          return answer.ok
        },
        { interval: 20, timeout: 5_000 },
      )
      .toBe(false)
    expect(late).toBeLessThan(burst)
    expect(here.use('api', subject).ok).toBe(false)
    for (const meter of [here, there]) meter.close()
  })

  test('lets two processes that race pass at most one burst each, and both pay it back', async () => {
    const [here, there] = [open(pools[0]), open(pools[1])]
    const subject = word()
    expect(drain(here, subject) + drain(there, subject)).toBe(2 * burst)
    await expect.poll(() => storedSeconds(subject), { interval: 20, timeout: 5_000 }).toBeGreaterThan(2 * burst * 95)
    for (const meter of [here, there]) expect(meter.use('api', subject).ok).toBe(false)
    for (const meter of [here, there]) meter.close()
  })
})
