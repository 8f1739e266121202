import { describe, expect, test } from 'vitest'
import { placesOf } from '@/components/editor/graph/geometry'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { readInput } from '@/engine/input'
import { compile } from '@/engine/plan/compile'
import { inputSpec } from '@/nodes/input/spec'
import { specs } from '@/nodes/registry/specs'
import { readTemplates } from '@/server/templates/read-templates'
import { slugOf } from '@/server/workflows/slug'

const { templates, faults } = await readTemplates()
const all = templates.map(({ id, graph }) => [id, graph] as const)

const ofKind = ({ nodes }: Graph, kind: string): GraphNode[] => nodes.filter((node) => node.kind === kind)
const everyNode = templates.flatMap(({ graph }) => graph.nodes)
const modesOf = (nodes: readonly GraphNode[]) =>
  nodes.flatMap(({ kind, config }) => (kind === 'team' ? [String(config.mode)] : []))

/** How many boxes a node lies in. */
function depthOf(graph: Graph, node: GraphNode): number {
  const parent = graph.nodes.find(({ id }) => id === node.parent)
  return parent === undefined ? 0 : 1 + depthOf(graph, parent)
}

describe('each template', () => {
  test.each(all)('%s compiles without an error or a warning', (_, graph) => {
    expect(compile(graph, specs).problems).toEqual([])
  })

  test.each(all)('%s says what it is, and what a first run is started with', (_, graph) => {
    const { description, template } = graph
    expect(description?.length).toBeGreaterThan(40)
    expect(template?.summary?.length).toBeGreaterThan(80)
    expect(template).toMatchObject({ category: expect.any(String), difficulty: expect.any(String) })
    expect(template?.tags?.length).toBeGreaterThan(1)
    expect(template?.estimatedCost).toBeGreaterThan(0)
    const [start] = ofKind(graph, 'input')
    const { fields } = inputSpec.config.parse(start?.config)
    expect(readInput(fields, template?.sampleInput ?? null)).toMatchObject({ ok: true })
  })

  test.each(all)('%s has several agents that know their job, and short names', (_, graph) => {
    const agents = ofKind(graph, 'agent')
    expect(agents.length).toBeGreaterThan(2)
    for (const { id, name, config } of graph.nodes) {
      if (specs[id]?.family !== 'note' && name !== undefined) expect(name.length).toBeLessThan(28)
      if (agents.some((agent) => agent.id === id) && !String(config.instructions).startsWith('{{'))
        expect(String(config.instructions).length).toBeGreaterThan(100)
    }
  })

  test.each(all)('%s is drawn from left to right, and nothing lies on something else', (_, graph) => {
    const places = placesOf(graph)
    const placed = graph.nodes.flatMap((node) => {
      const place = places.get(node.id)
      return place === undefined ? [] : [{ node, at: place.at, size: place.size }]
    })
    for (const { node } of placed) expect(node.position, node.id).toBeDefined()
    const overlapping = placed.flatMap((a, index) =>
      placed.slice(index + 1).flatMap((b) => {
        const apart =
          a.node.parent !== b.node.parent ||
          a.at.x + a.size.width <= b.at.x ||
          b.at.x + b.size.width <= a.at.x ||
          a.at.y + a.size.height <= b.at.y ||
          b.at.y + b.size.height <= a.at.y
        return apart ? [] : [`${a.node.id} and ${b.node.id}`]
      }),
    )
    expect(overlapping).toEqual([])
    const backwards = graph.edges.filter(({ source, target }) => {
      const [from, to] = [places.get(source), places.get(target)]
      return from !== undefined && to !== undefined && from.at.x >= to.at.x
    })
    expect(backwards).toEqual([])
  })
})

describe('together they', () => {
  test('are at least 18, all readable, and have the name that others call them by', () => {
    expect(faults).toEqual([])
    expect(templates.length).toBeGreaterThanOrEqual(18)
    for (const { config } of everyNode.filter(({ kind }) => kind === 'workflow')) {
      const called = templates.find(({ id }) => id === config.workflow)
      expect(called && slugOf(called.graph.name)).toBe(config.workflow)
    }
  })

  test('use every kind of node, and the ways in which a team works', () => {
    const used = new Set(everyNode.map(({ kind }) => kind))
    expect(Object.keys(specs).filter((kind) => !used.has(kind))).toEqual([])
    expect(new Set(modesOf(everyNode))).toEqual(new Set(['supervisor', 'sequence', 'parallel']))
    const withTeam = templates.filter(({ graph }) => ofKind(graph, 'team').length > 0)
    expect(withTeam.length).toBeGreaterThan(templates.length / 2)
  })

  test('have teams within teams, and teams within maps and loops', () => {
    const homes = templates.flatMap(({ graph }) =>
      ofKind(graph, 'team').flatMap((team) => graph.nodes.filter(({ id }) => id === team.parent)),
    )
    expect(new Set(homes.map(({ kind }) => kind))).toEqual(new Set(['team', 'map', 'loop']))
    const deepest = templates.flatMap(({ graph }) => ofKind(graph, 'agent').map((agent) => depthOf(graph, agent)))
    expect(Math.max(...deepest)).toBeGreaterThanOrEqual(2)
  })

  test('begin with a small team that works side by side and asks nobody', () => {
    const [first] = templates
    const kinds = first?.graph.nodes.map(({ kind }) => kind) ?? []
    expect(modesOf(first?.graph.nodes ?? [])).toEqual(['supervisor'])
    expect(kinds.filter((kind) => kind === 'agent').length).toBeGreaterThanOrEqual(4)
    expect(kinds).not.toContain('approval')
    expect(kinds.length).toBeLessThan(12)
  })
})
