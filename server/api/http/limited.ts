import { EdgeError } from '@/server/api/http/problem'
import type { Taken } from '@/server/limits/take-from'

/** Goes on only if a bucket held enough; else 429, with the time after which it will. */
export function allow<T extends { ok: true }>(taken: T | Extract<Taken, { ok: false }>): asserts taken is T {
  if (taken.ok) return
  const { retryAfterSeconds } = taken
  throw new EdgeError('rate_limited', `Too many requests; try again in ${secondsText(retryAfterSeconds)}.`, {
    extra: { retryAfterSeconds },
  })
}

const secondsText = (seconds: number): string => (seconds === 1 ? 'a second' : `${seconds} seconds`)
