import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import type { RunEvent } from '@/engine/run/events'
import { projectRoot } from '@/server/project-root'
import { refuseUnknownHidden } from './unknown-hidden'

const folder = path.join(projectRoot, 'engine/run/corpus')
const corpus = readdirSync(folder).map((name): [string, { graph: Graph; events: RunEvent[] }] => [
  name,
  JSON.parse(readFileSync(path.join(folder, name), 'utf8')),
])

test.each(corpus)('every node and every place that %s came to can be hidden', (_, { graph, events }) => {
  const places = events.flatMap((event) => (event.type === 'node.completed' ? [event.path] : []))
  expect(refuseUnknownHidden({ kind: 'run', graph }, places)).toBeNull()
  const ids = graph.nodes.map(({ id }) => id)
  for (const kind of ['run', 'workflow'] as const) expect(refuseUnknownHidden({ kind, graph }, ids)).toBeNull()
})

const graph: Graph = {
  baton: 1,
  name: 'Boxes',
  nodes: [
    { id: 'each', kind: 'map', config: {} },
    { id: 'write', kind: 'agent', parent: 'each', config: {} },
    { id: 'table', kind: 'team', config: {} },
    { id: 'nose', kind: 'agent', parent: 'table', config: {} },
  ],
  edges: [],
}
const said = (kind: 'run' | 'workflow', entry: string) =>
  refuseUnknownHidden({ kind, graph }, [entry])?.problems?.map(({ message }) => message)

test.each([
  ['run', 'wriet', 'There is no node `wriet` in this run. Did you mean `write`?'],
  ['workflow', 'tabel', 'There is no node `tabel` in this workflow. Did you mean `table`?'],
  ['run', 'somewhere', 'There is no node `somewhere` in this run. Known: `each`, `write`, `table`, `nose`.'],
  ['run', 'each/write', 'There is no place `each/write` in this run. Did you mean `write`?'],
  ['run', 'table/write', 'There is no place `table/write` in this run. Did you mean `write`?'],
  ['run', 'write#1', 'There is no place `write#1` in this run. Did you mean `write`?'],
  ['workflow', 'each[1]/write', 'There is no place `each[1]/write` in this workflow. Did you mean `write`?'],
  ['run', '../x', 'There is no node `../x` in this run. Known: `each`, `write`, `table`, `nose`.'],
] as const)('of a %s nothing is hidden by %s, and the nearest name is said', (kind, entry, message) => {
  expect(said(kind, entry)).toEqual([message])
})

test.each(['each[1]', 'each[12]/write', 'table/nose', 'table/nose#2'])('%s is a place of a run', (entry) => {
  expect(said('run', entry)).toBeUndefined()
})

test('each name that is wrong is told with its place among those that were sent', () => {
  const refusal = refuseUnknownHidden({ kind: 'run', graph }, ['write', 'a1', 'each', 'b2'])
  expect(refusal?.problems?.map(({ path }) => path)).toEqual(['hide.1', 'hide.3'])
})
