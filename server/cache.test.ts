import { expect, test } from 'vitest'
import { createCache } from '@/server/cache'

function clocked() {
  let time = 0
  const cache = createCache<number>({ max: 3, ttlMs: 100, now: () => time })
  let loads = 0
  const get = (key: string) => cache.get(key, async () => ++loads)
  const pass = (ms: number) => {
    time += ms
  }
  return { cache, get, pass, loads: () => loads }
}

test('what is asked for by many at once is loaded once', async () => {
  const { get, loads } = clocked()
  expect(await Promise.all([get('a'), get('a'), get('a')])).toEqual([1, 1, 1])
  expect(loads()).toBe(1)
})

test('an answer is as old as the question', async () => {
  const { get, pass } = clocked()
  const asked = get('a')
  pass(60)
  await asked
  pass(39)
  expect(await get('a')).toBe(1)
  pass(1)
  expect(await get('a')).toBe(2)
})

test('what is forgotten while it is loaded is not remembered', async () => {
  const { cache, get } = clocked()
  const stale = get('a')
  cache.forget('a')
  expect(await stale).toBe(1)
  expect(await get('a')).toBe(2)
  const cleared = get('b')
  cache.clear()
  await cleared
  expect(await get('b')).toBe(4)
})

test('a failure is told to all who wait, and asked anew', async () => {
  const cache = createCache<number>({ max: 3, ttlMs: 100 })
  let fails = true
  const get = () => cache.get('a', async () => (fails ? Promise.reject(new Error('no')) : 7))
  await expect(Promise.all([get(), get()])).rejects.toThrow('no')
  fails = false
  expect(await get()).toBe(7)
})

test('holds no more than it may', async () => {
  const { get, loads } = clocked()
  for (const key of ['a', 'b', 'c', 'd']) await get(key)
  await get('d')
  expect(loads()).toBe(4)
  await get('a')
  expect(loads()).toBe(5)
})

test('an answer that is a little too old serves while a new one is fetched, and then no longer', async () => {
  let time = 0
  let loads = 0
  const cache = createCache<number>({ max: 3, ttlMs: 100, staleMs: 50, now: () => time })
  const get = () => cache.get('a', async () => ++loads)
  expect(await get()).toBe(1)
  time = 120
  expect([get(), get()]).toEqual([1, 1])
  await expect.poll(() => get()).toBe(2)
  expect(loads).toBe(2)
  time = 300
  expect(await get()).toBe(3)
})

test('what was forgotten while a new answer was fetched is not brought back', async () => {
  let time = 0
  let give = (_: number) => {}
  const cache = createCache<number>({ max: 3, ttlMs: 100, staleMs: 50, now: () => time })
  const get = () => cache.get('a', () => new Promise((resolve) => (give = resolve)))
  const first = get()
  give(1)
  await first
  time = 120
  expect(get()).toBe(1)
  const late = give
  cache.forget('a')
  late(2)
  await Promise.resolve()
  const fresh = get()
  give(3)
  expect(await fresh).toBe(3)
})
