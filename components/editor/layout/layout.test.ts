import ELK from 'elkjs/lib/elk.bundled'
import { expect, it } from 'vitest'
import { placesOf, type Rect } from '@/components/editor/graph/geometry'
import { parentOf } from '@/components/editor/graph/graph-index'
import { editsFor } from '@/components/editor/layout/arrange'
import { layoutTask, positionsIn } from '@/components/editor/layout/elk-graph'
import { agent, graphOf, team } from '@/components/editor/testing/editor-of'
import { applyEdit } from '@/engine/graph/edit'
import type { Graph } from '@/engine/graph/schema'

async function arranged(graph: Graph): Promise<Graph> {
  const task = layoutTask(graph)
  const positions = { ...positionsIn(await new ELK().layout(task.root)), ...task.members }
  const edited = applyEdit(graph, { type: 'batch', edits: editsFor(graph, positions) })
  if ('refused' in edited) throw new Error(edited.refused)
  return edited.graph
}

const rect = (graph: Graph, id: string): Rect => {
  const place = placesOf(graph).get(id)
  if (place === undefined) throw new Error(`${id} has no place`)
  return { ...place.absolute, ...place.size }
}
const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const graph = graphOf(
  [
    agent('a'),
    { id: 'choose', kind: 'condition', config: { expression: 'true' } },
    agent('yes'),
    agent('no'),
    team('crew', { config: { mode: 'supervisor', goal: 'g', lead: 'boss' }, size: { width: 2_000, height: 2_000 } }),
    ...['one', 'boss', 'two', 'three'].map((id) => agent(id, { parent: 'crew' })),
    { id: 'each', kind: 'map', config: { items: '[1]' } },
    agent('inner', { parent: 'each' }),
    agent('next', { parent: 'each' }),
  ],
  [
    { source: 'a', target: 'choose' },
    { source: 'choose', sourcePort: 'true', target: 'yes' },
    { source: 'choose', sourcePort: 'false', target: 'no' },
    { source: 'yes', target: 'crew' },
    { source: 'no', target: 'crew' },
    { source: 'crew', target: 'each' },
    { source: 'inner', target: 'next' },
  ],
)

it('puts nothing on top of something else, and what follows to the right', async () => {
  const done = await arranged(graph)
  for (const { id } of done.nodes) {
    for (const other of done.nodes) {
      if (other.id <= id || parentOf(done, id) !== parentOf(done, other.id)) continue
      expect(overlap(rect(done, id), rect(done, other.id)), `${id} and ${other.id}`).toBe(false)
    }
  }
  for (const { source, target } of done.edges) expect(rect(done, target).x).toBeGreaterThan(rect(done, source).x + 100)
})

it('stands a lead above its members and lets the box fit', async () => {
  const done = await arranged(graph)
  for (const id of ['one', 'two', 'three']) expect(rect(done, id).y).toBeGreaterThan(rect(done, 'boss').y + 84)
  expect(rect(done, 'crew').height).toBeLessThan(400)
})

it('keeps the order of branches', async () => {
  const done = await arranged(graph)
  expect(rect(done, 'yes').y).toBeLessThan(rect(done, 'no').y)
})
