import { describe, expect, it } from 'vitest'
import { toWire } from '@/engine/run/wire'
import { type EventGroup, filterEvents } from './event-filter'

const failure = { code: 'timeout', message: 'The model took too long.' } as const
const events = [
  { type: 'run.started' as const },
  { type: 'node.started' as const, path: 'write', attempt: 1 },
  { type: 'step.failed' as const, path: 'write', step: 'm1', kind: 'model' as const, failure, startedAt: 1 },
  { type: 'node.failed' as const, path: 'write', attempt: 1, failure },
  { type: 'note' as const, text: 'Said something' },
].map((fact, index) => toWire({ ...fact, seq: index + 1, at: index }))
const nameOf = () => 'Drafter'
const seqs = (group: EventGroup, search: string) =>
  filterEvents(events, { group, search, nameOf }).map(({ seq }) => seq)

describe('the list of events', () => {
  it('shows one group of them', () => {
    expect(seqs('all', '')).toEqual([1, 2, 3, 4, 5])
    expect(seqs('nodes', '')).toEqual([2, 4])
    expect(seqs('steps', '')).toEqual([3])
    expect(seqs('run', '')).toEqual([1, 5])
    expect(seqs('trouble', '')).toEqual([3, 4])
  })

  it('finds nodes and steps by their ids, which stand in the graph', () => {
    expect(seqs('nodes', 'write')).toEqual([2, 4])
    expect(seqs('all', 'write m1')).toEqual([3])
  })

  it('finds what the reader sees, in any order of words', () => {
    expect(seqs('all', 'LONG write')).toEqual([3, 4])
    expect(seqs('nodes', 'long')).toEqual([4])
    expect(seqs('all', 'node.started')).toEqual([2])
    expect(seqs('all', 'drafter answer')).toEqual([3])
    expect(seqs('all', 'coffee')).toEqual([])
  })
})
