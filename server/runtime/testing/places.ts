import type { Settings } from '@/server/boot/assemble'
import { freshDatabase } from '@/server/db/testing/fresh-database'
import { openHeldServer } from './held-server'
import { openPlace, type Place } from './place'
import { until } from './until'

/** Several processes on one database, and what else a test needs to close again. Each is a whole runtime. */
export function openings() {
  const closing: (() => Promise<unknown>)[] = []
  return {
    places: async (...settings: Partial<Settings>[]): Promise<Place[]> => {
      const database = await freshDatabase()
      closing.push(database.drop)
      const places: Place[] = []
      for (const one of settings) {
        const place = await openPlace({ url: database.url, ...one })
        closing.push(place.close)
        places.push(place)
      }
      for (const { runtime } of places) await until('the queue is open', async () => (await runtime.ready()).queue)
      return places
    },
    held: async () => {
      const server = await openHeldServer()
      closing.push(server.close)
      return server
    },
    onClose: (close: () => Promise<unknown>) => void closing.push(close),
    close: async () => {
      for (const close of closing.splice(0).reverse()) await close()
    },
  }
}

/** The n-th of them. */
export function nth<T>(list: readonly T[], n: number): T {
  const item = list[n]
  if (item === undefined) throw new Error(`There is no ${n}.`)
  return item
}
