import type { IncomingMessage } from 'node:http'
import type { Pool } from 'pg'
import { type GuessableName, guessable, type MeteredName, meteredBuckets } from '@/server/limits/catalogue'
import { clientAddress } from '@/server/limits/client-address'
import { createMeter } from '@/server/limits/meter'
import { type Buckets, createBuckets, type Taken } from '@/server/limits/take-from'

export type LimitSettings = {
  isOn: boolean
  /** Requests a second that a key or a person may send on and on. */
  apiRate: number
  /** How many proxies of the operator stand in front, each adding to X-Forwarded-For. */
  proxies: number
}

export const usualLimits: LimitSettings = { isOn: true, apiRate: 10_000, proxies: 0 }

export type Guess<T> = { ok: true; found: T | null } | Extract<Taken, { ok: false }>

export type Limits = Buckets & {
  addressOf: (request: IncomingMessage) => string
  /** Never waits for the database. */
  use: (limit: MeteredName, subject: string) => Taken
  /**
   * Looks something up that could be guessed. The price of a miss is taken before, and given back for a hit: of many
   * guesses at once no more get an answer than one after the other.
   */
  guess: <T>(limit: GuessableName, subject: string, look: () => Promise<T | null>) => Promise<Guess<T>>
  close: () => void
}

const passed: Taken = { ok: true }
const unlimited: Pick<Limits, 'takeFrom' | 'giveBack' | 'use'> = {
  takeFrom: async () => passed,
  giveBack: async () => {},
  use: () => passed,
}

export function createLimits(pool: Pool, { isOn, apiRate, proxies }: LimitSettings): Limits {
  const meter = createMeter(pool, meteredBuckets(apiRate))
  const { takeFrom, giveBack, use } = isOn ? { ...createBuckets(pool), use: meter.use } : unlimited
  return {
    takeFrom,
    giveBack,
    use,
    addressOf: (request) => clientAddress(request, proxies),
    guess: async (limit, subject, look) => {
      const { miss, hit } = guessable[limit]
      const taken = await takeFrom(limit, subject, miss)
      if (!taken.ok) return taken
      const found = await look()
      // What was found is found: a link may be spent by now. Without a database the price is lost, no more.
      if (found !== null) await giveBack(limit, subject, miss - hit).catch(() => {})
      return { ok: true, found }
    },
    close: meter.close,
  }
}
