import { describe, expect, it } from 'vitest'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import type { Waiting } from './events'
import { needsPerson, statusOf, waitingFor } from './summary'

const agent = (id: string) => ({ id, kind: 'agent', config: { instructions: 'work' } })
const approval = { id: 'ask', kind: 'approval', config: { title: 'May it?', message: 'Look' } }
const map = { id: 'each', kind: 'map', config: { items: '[1]' } }
const inside = { ...approval, id: 'inner', parent: 'each' }
const open = (...graph: Parameters<typeof buildGraph>) => openRun(planOf(buildGraph(...graph), specs))
const asked: Waiting = {
  reason: 'approval',
  title: '',
  message: refTo(''),
  fields: [],
  onTimeout: 'fail',
  deadline: 9_000,
}

const waits: [Waiting, object, boolean][] = [
  [asked, { reason: 'approval', until: 9_000 }, true],
  [{ reason: 'tool_approval', step: 'm1.t1', tool: 'pay', arguments: refTo({}) }, { reason: 'tool_approval' }, true],
  [{ reason: 'doubt', step: 'm1.t1' }, { reason: 'doubt' }, true],
  [{ reason: 'timer', until: 5_000 }, { reason: 'timer', until: 5_000 }, false],
  [{ reason: 'child', runId: 'other' }, { reason: 'child' }, false],
]

describe('what a run shows to the world', () => {
  it.each(waits)('lists a wait for %o', (waiting, expected, person) => {
    const run = open([agent('a')])
    run.waits('a', waiting)
    expect(waitingFor(run.state)).toEqual([{ path: 'a', ...expected }])
    expect(statusOf(run.state)).toBe('waiting')
    expect(needsPerson(run.state)).toBe(person)
  })

  it('lists the time before another attempt', () => {
    const run = open([agent('a')])
    run.failed('a')
    expect(waitingFor(run.state)).toEqual([{ path: 'a', reason: 'backoff', until: 2_000 }])
    expect(statusOf(run.state)).toBe('waiting')
  })

  it('runs as long as anything is at work beside what waits', () => {
    const run = open([agent('a'), approval])
    run.waits('ask', asked)
    expect(statusOf(run.state)).toBe('running')
    run.done('a')
    expect(statusOf(run.state)).toBe('waiting')
  })

  it('waits when everything inside its boxes waits', () => {
    const run = open([map, inside])
    run.opens('each', { type: 'items', count: 1, concurrency: 1 })
    run.waits('each[0]/inner', asked)
    expect(statusOf(run.state)).toBe('waiting')
  })

  it('is paused before it is waiting, and lists nothing any more when it is over', () => {
    const run = open([approval])
    run.waits('ask', asked)
    run.say({ type: 'run.paused', reason: 'person' })
    expect(statusOf(run.state)).toBe('paused')
    expect(waitingFor(run.state)).toHaveLength(1)
    run.cancel()
    expect(statusOf(run.state)).toBe('cancelled')
    expect(waitingFor(run.state)).toEqual([])
  })
})
