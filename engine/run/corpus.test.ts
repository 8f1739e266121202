import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import { compile } from '@/engine/plan/compile'
import { specs } from '@/nodes/registry/specs'
import { buildSchedule } from './build-schedule'
import { decide } from './decide'
import type { RunEvent } from './events'
import { replay } from './reduce'
import { statusOf } from './summary'

type Recorded = {
  graph: unknown
  events: RunEvent[]
  expected: { status: string; seq: number; usage: object; run: object; nodes: { [path: string]: string } }
}

const folder = path.join(import.meta.dirname, 'corpus')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

/** Logs of real runs as earlier versions wrote them. Files are only ever added: whoever changes events reads these on. */
describe.each(files)('the old log %s', (name) => {
  const { graph, events, expected } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Recorded

  it('still folds to the same run', () => {
    const state = replay(events)
    const nodes = Object.fromEntries([...state.nodes].map(([key, node]) => [key, node.status]))
    const { seq, usage, run } = state
    expect({ status: statusOf(state), seq, usage, run, nodes }).toEqual(expected)
  })

  it('can be taken over at every event', () => {
    const parsed = parseGraph(graph, specs)
    const compiled = parsed.ok ? compile(parsed.graph, specs) : null
    if (!compiled?.ok) throw new Error('The graph of this log no longer compiles.')
    for (let seq = 1; seq <= events.length; seq++) {
      const state = replay(events.slice(0, seq))
      const schedule = buildSchedule(compiled.plan, state)
      expect(() => decide(schedule, state, Number.MAX_SAFE_INTEGER)).not.toThrow()
    }
  })
})

it('there are old logs', () => expect(files.length).toBeGreaterThan(2))
