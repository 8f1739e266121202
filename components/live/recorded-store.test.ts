import { describe, expect, it } from 'vitest'
import { replay } from '@/engine/run/reduce'
import { toWire } from '@/engine/run/wire'
import { createRecordedStore } from './recorded-store'

const output = { hash: 'h', size: 5, inline: 'tea' }
const events = [
  toWire({ type: 'run.created', v: 1, input: output, trigger: 'manual', seq: 1, at: 1_000 }),
  toWire({ type: 'run.started', seq: 2, at: 1_001 }),
  toWire({ type: 'node.started', path: 'write', attempt: 1, seq: 3, at: 1_002 }),
  toWire({ type: 'node.completed', path: 'write', attempt: 1, output, ports: ['out'], seq: 4, at: 1_900 }),
  toWire({ type: 'run.completed', output, seq: 5, at: 1_901 }),
]

describe('a recording', () => {
  it('is shown as the run stood when it was recorded', () => {
    for (let count = 0; count <= events.length; count++) {
      const recorded = events.slice(0, count)
      const view = createRecordedStore(recorded).getState()
      expect(view).toMatchObject({ phase: 'ready', at: null, events: recorded })
      expect(view.state).toEqual(replay(recorded))
    }
  })
})
