import { randomInt, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { idsLike } from './ids-like'

it('is a range that holds exactly the ids that begin so, with or without dashes', () => {
  for (let round = 0; round < 200; round += 1) {
    const [id, other] = [randomUUID(), randomUUID()]
    const start = id.slice(0, randomInt(4, 37))
    for (const text of [start, start.replaceAll('-', ''), start.toUpperCase()]) {
      const range = idsLike(text)
      const holds = (one: string) => range !== null && one >= range.gte && one <= range.lte
      expect([holds(id), holds(other)]).toEqual([true, other.startsWith(start.slice(0, 36))])
    }
  }
})

it.each(['', 'abc', 'tea brief', 'g000', `${randomUUID()}0`])('knows that no id begins with "%s"', (text) => {
  expect(idsLike(text)).toBeNull()
})
