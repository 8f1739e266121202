import { expect, it } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import type { Fact } from '@/engine/run/events'
import { toWire } from '@/engine/run/wire'
import { titleAt } from './entry-at'
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
    'write: the model gave no answer: It took too long.',
  ],
  [{ type: 'note', text: 'Nearly there.' }, 'Nearly there.'],
])('an event of the log reads as a sentence: %o', (fact, line) => {
  expect(eventLine(toWire({ ...fact, seq: 1, at: 0 }))).toBe(line)
})

const graph: Graph = {
  baton: 1,
  name: 'Crew',
  nodes: [
    { id: 'par', kind: 'team', name: 'Panel', config: {} },
    { id: 'pa', kind: 'agent', parent: 'par', name: 'Drafter', config: {} },
    { id: 'each', kind: 'map', name: 'Every letter', config: {} },
    { id: 'send', kind: 'http', parent: 'each', config: {} },
  ],
  edges: [],
}
const model = { type: 'step.completed', step: 'm1', kind: 'model', result: ref, startedAt: 0 } as const
const open = { type: 'step.completed', step: 'open1', kind: 'open', result: ref, startedAt: 0 } as const

it.each<[Fact, string]>([
  [{ ...model, path: 'par/pa#2' }, 'Drafter, turn 2: the model answered'],
  [{ ...model, path: 'par/pa#1', kind: 'tool', tool: 'search' }, 'Drafter: the tool search answered'],
  [{ ...open, path: 'each', opening: { type: 'items', count: 4, concurrency: 1 } }, 'Every letter: 4 items to work on'],
  [
    { ...open, path: 'par', opening: { type: 'turns', turns: [{ member: 'pa', turn: 2 }] } },
    'Panel: next is Drafter, turn 2',
  ],
  [{ type: 'node.started', path: 'each[2]/send', attempt: 1 }, 'send, item 3 started'],
  [{ type: 'note', path: 'gone', text: 'Well.' }, 'gone: Well.'],
])('where the graph is known, an event is told with the names of its nodes: %o', (fact, line) => {
  expect(eventLine(toWire({ ...fact, seq: 1, at: 0 }), (path) => titleAt(graph, path))).toBe(line)
})
