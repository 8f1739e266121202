import { hash } from 'node:crypto'

/** Choices that look free and are the same for the same seed. */
export type Chance = {
  /** From 0 up to, but not including, 1. */
  next: () => number
  pick: <T>(options: readonly [T, ...T[]]) => T
  /** Some of the options, in their own order, none twice. */
  some: <T>(options: readonly T[], count: number) => T[]
}

/** mulberry32: small, fast, and good enough to choose sentences with. */
export function chanceFrom(seed: string): Chance {
  let state = Number.parseInt(hash('sha256', seed, 'hex').slice(0, 8), 16)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    pick: (options) => options[Math.floor(next() * options.length)] ?? options[0],
    some: (options, count) => {
      const order = options.map((option, index) => ({ option, index, key: next() }))
      const chosen = order.sort((a, b) => a.key - b.key).slice(0, count)
      return chosen.sort((a, b) => a.index - b.index).map((each) => each.option)
    },
  }
}
