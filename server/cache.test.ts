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
