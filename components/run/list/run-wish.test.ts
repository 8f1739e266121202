import { randomInt, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { askFor, everyRun, isEveryRun, type RunWish, readWish, type Span, spans, statuses, writeWish } from './run-wish'

const some = <T>(list: readonly T[]): T[] => list.filter(() => randomInt(2) === 1)
const one = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T
const day = () => `20${randomInt(10, 99)}-0${randomInt(1, 10)}-1${randomInt(0, 10)}`

const wish = (): RunWish => ({
  status: some(statuses),
  workflow: one([null, randomUUID()]),
  search: one(['', randomUUID(), 'two words, one comma & more']),
  time: one<RunWish['time']>([
    { of: 'any' },
    { of: 'span', span: one(Object.keys(spans) as Span[]) },
    { of: 'days', from: one([null, day()]), to: one([null, day()]) },
  ]),
})

describe('what is looked for among runs', () => {
  it('reads from the address as it was written there', () => {
    for (let round = 0; round < 300; round += 1) {
      const before = wish()
      const address = new URLSearchParams(
        Object.entries(writeWish(before)).filter((entry): entry is [string, string] => entry[1] !== null),
      )
      const part = (name: string) => address.get(name)
      const after = readWish({
        status: part('status'),
        workflow: part('workflow'),
        search: part('search'),
        time: part('time'),
        from: part('from'),
        to: part('to'),
      })
      expect(after).toEqual(before)
    }
  })

  it('takes what an address says that makes no sense for nothing', () => {
    const read = readWish({
      status: 'failed,odd',
      workflow: null,
      search: null,
      time: 'odd',
      from: 'x',
      to: '2024-13-40',
    })
    expect(read).toEqual({ ...everyRun, status: ['failed'] })
    expect(readWish({ ...writeWish(everyRun), time: 'days', from: 'x', to: '2024-13-40' }).time).toEqual({
      of: 'days',
      from: null,
      to: null,
    })
    expect(isEveryRun(readWish(writeWish(everyRun)))).toBe(true)
  })

  it('asks for whole days of the person who looks, the last one to its end', () => {
    const now = Date.now()
    const { since, until } = askFor({ ...everyRun, time: { of: 'days', from: '2026-03-04', to: '2026-03-04' } }, now)
    expect(new Date(since ?? 0).toString()).toBe(new Date('2026-03-04T00:00:00').toString())
    expect(Date.parse(until ?? '') - Date.parse(since ?? '')).toBe(86_400_000)
    expect(Date.parse(askFor({ ...everyRun, time: { of: 'span', span: '24h' } }, now).since ?? '')).toBe(
      now - 86_400_000,
    )
  })
})
