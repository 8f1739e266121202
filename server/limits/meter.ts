import type { Pool } from 'pg'
import { settleBucketsSql } from '@/server/db/sql/settle-buckets'
import type { Bucket, MeteredName } from '@/server/limits/catalogue'
import type { Taken } from '@/server/limits/take-from'

/** How long a process lets through what it has without having told the others. */
export const settleEveryMs = 250

type Level = { scope: MeteredName; subject: string; fullAt: number; unsettled: number }
type Settled = { scope: string; subject: string; seconds: number }

export type Meter = { use: (limit: MeteredName, subject: string) => Taken; close: () => void }

/**
 * Buckets for what is used thousands of times a second: no request waits for the database. Each process has a copy of
 * the buckets that are in use, takes from it at once, and four times a second one statement adds what was taken to the
 * buckets in PostgreSQL and brings back how full those are.
 *
 * One process alone is exact. Of several, each may let through what was left when it last heard: at most one more burst
 * a process, once. That is a debt in the shared bucket, paid back before anything more passes, so over time the rate
 * holds for all of them together. Without a database each process goes on by its own copy.
 */
export function createMeter(pool: Pool, buckets: Readonly<Record<MeteredName, Bucket>>): Meter {
  const levels = new Map<string, Level>()
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const settle = async () => {
    const told = [...levels.values()].filter(({ unsettled }) => unsettled > 0)
    const seconds = told.map(({ unsettled }) => unsettled)
    for (const level of told) level.unsettled = 0
    const asked = performance.now()
    try {
      const { rows } = await pool.query<Settled>({
        name: 'settle_buckets',
        text: settleBucketsSql,
        values: [told.map(({ scope }) => scope), told.map(({ subject }) => subject), seconds],
      })
      for (const row of rows) {
        const level = levels.get(`${row.scope} ${row.subject}`)
        if (level) level.fullAt = asked + (row.seconds + level.unsettled) * 1_000
      }
    } catch {
      told.forEach((level, index) => {
        level.unsettled += seconds[index] ?? 0
      })
    }
    const now = performance.now()
    for (const [key, level] of levels) if (level.fullAt <= now && level.unsettled === 0) levels.delete(key)
  }

  const settleSoon = () => {
    if (timer !== null || closed) return
    timer = setTimeout(async () => {
      await settle()
      timer = null
      for (const { unsettled } of levels.values()) if (unsettled > 0) return settleSoon()
    }, settleEveryMs)
    timer.unref()
  }

  return {
    use: (scope, subject) => {
      const { burst, perSecond } = buckets[scope]
      const key = `${scope} ${subject}`
      const now = performance.now()
      let level = levels.get(key)
      if (!level) {
        level = { scope, subject, fullAt: now, unsettled: 0 }
        levels.set(key, level)
      }
      const wait = (Math.max(level.fullAt, now) - now) / 1_000 + (1 - burst) / perSecond
      if (wait > 0) return { ok: false, retryAfterSeconds: Math.ceil(wait) }
      level.fullAt = Math.max(level.fullAt, now) + 1_000 / perSecond
      level.unsettled += 1 / perSecond
      settleSoon()
      return passed
    },
    close: () => {
      closed = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}

const passed: Taken = { ok: true }
