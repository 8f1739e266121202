import { describe, expect, it } from 'vitest'
import { chooseNext, patienceMs, type Seat } from '@/server/sandbox/choose-next'

const now = 10_000
const waiting = (workspaceId: string, ago = 0) => ({ workspaceId, since: now - ago })
const seat = (workspaceId: string, state: Seat['state']): Seat => ({ workspaceId, state })

describe('chooseNext', () => {
  it('prefers an idle process of the same workspace, even for a later step', () => {
    const queue = [waiting('a'), waiting('b')]
    const seats = [seat('a', 'busy'), seat('b', 'idle')]
    expect(chooseNext(queue, seats, { maxSeats: 2, now })).toEqual({ waiting: queue[1], seat: seats[1] })
  })

  it('makes room for a workspace that has waited too long without any process', () => {
    const queue = [waiting('b'), waiting('a', patienceMs)]
    const seats = [seat('c', 'busy'), seat('b', 'idle')]
    expect(chooseNext(queue, seats, { maxSeats: 2, now })).toEqual({ waiting: queue[1], replaces: seats[1] })
  })

  it('ends no process for a step whose workspace already has one', () => {
    const queue = [waiting('a', patienceMs), waiting('b')]
    const seats = [seat('a', 'busy'), seat('b', 'idle')]
    expect(chooseNext(queue, seats, { maxSeats: 2, now })).toEqual({ waiting: queue[1], seat: seats[1] })
  })

  it('starts a process while there is room, and waits when all are busy', () => {
    const queue = [waiting('a')]
    const seats = [seat('a', 'busy')]
    expect(chooseNext(queue, seats, { maxSeats: 2, now })).toEqual({ waiting: queue[0], replaces: undefined })
    expect(chooseNext(queue, seats, { maxSeats: 1, now })).toBeUndefined()
    expect(chooseNext([], [], { maxSeats: 1, now })).toBeUndefined()
  })
})
