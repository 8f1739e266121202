import type { Pool } from 'pg'
import { giveBackSql, takeFromBucketSql } from '@/server/db/sql/take-from-bucket'
import { type Guessable, type GuessableName, guessable } from '@/server/limits/catalogue'

export type Taken = { ok: true } | { ok: false; retryAfterSeconds: number }

type Row = { taken: boolean; wait: number }

export type Buckets = {
  takeFrom: (limit: GuessableName, subject: string, cost?: number) => Promise<Taken>
  giveBack: (limit: GuessableName, subject: string, cost: number) => Promise<void>
}

/** Who has just been told to wait is told so again without a query, so that knocking faster costs the database nothing. */
const remembered = 10_000

export function createBuckets(pool: Pool): Buckets {
  const waiting = new Map<string, { cost: number; until: number }>()

  const remember = (key: string, cost: number, seconds: number) => {
    waiting.delete(key)
    waiting.set(key, { cost, until: performance.now() + seconds * 1_000 })
    if (waiting.size <= remembered) return
    for (const oldest of waiting.keys()) {
      waiting.delete(oldest)
      return
    }
  }

  const secondsLeft = (key: string, cost: number): number => {
    const known = waiting.get(key)
    return known && known.cost <= cost ? (known.until - performance.now()) / 1_000 : 0
  }

  return {
    takeFrom: async (limit, subject, cost = 1) => {
      const { burst, perSecond }: Guessable = guessable[limit]
      const key = `${limit} ${subject}`
      const left = secondsLeft(key, cost)
      if (left > 0) return { ok: false, retryAfterSeconds: Math.ceil(left) }
      const { rows } = await pool.query<Row>({
        name: 'take_from_bucket',
        text: takeFromBucketSql,
        values: [limit, subject, cost / perSecond, burst / perSecond],
      })
      const row = rows[0]
      if (row?.taken) return { ok: true }
      const wait = Math.max(row?.wait ?? cost / perSecond, 0.1)
      remember(key, cost, wait)
      return { ok: false, retryAfterSeconds: Math.ceil(wait) }
    },
    giveBack: async (limit, subject, cost) => {
      waiting.delete(`${limit} ${subject}`)
      const { perSecond }: Guessable = guessable[limit]
      await pool.query({ name: 'give_back', text: giveBackSql, values: [limit, subject, cost / perSecond] })
    },
  }
}
