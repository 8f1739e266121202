import { describe, expect, test } from 'vitest'
import { compile } from '@/engine/plan/compile'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'
import type { FieldModel } from './form/field-model'
import { formOf } from './form/form-of'
import { problemsAt, problemsBeside, problemsOfNode } from './problems-at'

const graph = buildGraph([
  {
    id: 'way',
    kind: 'router',
    config: {
      mode: 'rules',
      routes: [
        { name: 'a', when: 'nobody.x' },
        { name: 'B', extra: 1 },
      ],
      colour: 'red',
    },
  },
  { id: 'call', kind: 'http', config: { url: 'x', headers: { accept: '{{ nobody }}' } }, parent: 'nowhere' },
])
const { problems } = compile(graph, specs)
const of = (id: string) => problems.filter(({ nodeId }) => nodeId === id)
const form = (kind: string): readonly FieldModel[] => (specs[kind] ? formOf(specs[kind]) : [])
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code)

describe('problems', () => {
  test('are found at their field, also in lists', () => {
    expect(codes(problemsAt(of('way'), ['routes', 0, 'when']))).toEqual(['unknown_reference'])
    expect(problemsAt(of('way'), ['routes', 1, 'name'])).toHaveLength(1)
  })

  test('of one header are found at the headers, and not exactly there', () => {
    expect(codes(problemsAt(of('call'), ['headers']))).toEqual(['unknown_reference'])
    expect(problemsAt(of('call'), ['headers'], 'exactly')).toEqual([])
  })

  test('of a field that the form does not know are not lost', () => {
    expect(problemsOfNode(of('way'), form('router')).map(({ field }) => field)).toContain('colour')
    const routes = form('router').find(({ name }) => name === 'routes')?.control
    const fields = routes?.type === 'objects' && routes.shape.type === 'same' ? routes.shape.fields : []
    expect(problemsBeside(of('way'), ['routes', 1], fields).map(({ field }) => field)).toEqual(['routes.1.extra'])
  })

  test('about the node itself stand at the top', () => {
    expect(codes(problemsOfNode(of('call'), form('http')))).toContain('unknown_parent')
  })

  test('all have a place in the inspector', () => {
    for (const node of graph.nodes) {
      const fields = form(node.kind)
      const shown = [
        ...problemsOfNode(of(node.id), fields),
        ...fields.flatMap(({ name }) => problemsAt(of(node.id), [name])),
      ]
      expect(new Set(shown)).toEqual(new Set(of(node.id)))
    }
  })
})
