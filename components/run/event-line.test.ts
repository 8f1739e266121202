import { expect, it } from 'vitest'
import type { Fact } from '@/engine/run/events'
import { toWire } from '@/engine/run/wire'
import { eventLine } from './event-line'

const ref = { hash: 'h', size: 3, inline: 'x' }
const failure = { code: 'timeout', message: 'It took too long.' } as const
const by = { type: 'person', name: 'Ada' } as const

it.each<[Fact, string]>([
  [{ type: 'run.created', v: 1, input: ref, trigger: 'manual' }, 'Run created'],
  [{ type: 'run.paused', reason: 'budget' }, 'Run paused (budget)'],
  [{ type: 'run.cancelled', by }, 'Run cancelled by Ada'],
  [{ type: 'node.started', path: 'each[3]/write', attempt: 2 }, 'each[3]/write started, attempt 2'],
  [{ type: 'node.failed', path: 'write', attempt: 1, failure }, 'write failed: It took too long.'],
  [
    { type: 'node.resumed', path: 'gate', cause: { type: 'decision', decision: 'approved', by } },
    'gate was approved by Ada',
  ],
  [
    { type: 'step.failed', path: 'write', step: 'm1', kind: 'model', failure, startedAt: 0 },
    'write: model step m1 failed: It took too long.',
  ],
  [{ type: 'note', text: 'Nearly there.' }, 'Nearly there.'],
])('an event of the log reads as a sentence: %o', (fact, line) => {
  expect(eventLine(toWire({ ...fact, seq: 1, at: 0 }))).toBe(line)
})
