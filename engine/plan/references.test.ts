import { describe, expect, test } from 'vitest'
import { compile } from '@/engine/plan/compile'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

/** start → each [ inner → crew [ member ] → last ] → after → done, with beside next to each, and a loop around `twice`. */
const graphWith = (texts: { [id: string]: string }) => {
  const text = (id: string) => ({ id, kind: 'transform', config: { template: texts[id] ?? '' } })
  return buildGraph(
    [
      { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
      { id: 'each', kind: 'map', config: { items: texts.each ?? '[]' } },
      { ...text('inner'), parent: 'each' },
      { id: 'crew', kind: 'team', parent: 'each', config: { mode: 'parallel', goal: texts.crew ?? '' } },
      { id: 'member', kind: 'agent', parent: 'crew', config: { prompt: texts.member ?? '' } },
      { id: 'other', kind: 'agent', parent: 'crew' },
      { ...text('last'), parent: 'each' },
      { id: 'again', kind: 'loop', config: { until: texts.again ?? 'true', maxIterations: 2 } },
      { ...text('twice'), parent: 'again' },
      { ...text('beside'), onError: 'continue' },
      text('after'),
      { id: 'paper', kind: 'note', config: { text: '' } },
      { id: 'done', kind: 'output' },
    ],
    [
      ...['start -> each', 'start -> beside', 'each -> again', 'again -> after', 'after -> done', 'beside -> done'],
      ...['inner -> crew', 'crew -> last'],
    ],
  )
}

const problemsOf = (id: string, source: string) => compile(graphWith({ [id]: source }), specs).problems

describe('a reference may lead to', () => {
  test.each([
    ['what arrives', 'inner', '{{ input.anything }}'],
    ['a field of a node before it', 'after', '{{ start.topic }}'],
    ['a node far before it', 'after', '{{ each[0].text }}'],
    ['a node before the box around it', 'member', '{{ start.topic }}'],
    ['a node before the team it is in', 'member', '{{ inner }}'],
    ['the item of the box around it', 'inner', '{{ item.x }} {{ index }}'],
    ['the item of a box further out', 'member', '{{ item }} {{ each.item.x }} {{ each.index }}'],
    ['the iteration of a loop', 'twice', '{{ iteration }} {{ previous }} {{ again.previous }}'],
    ['the children of a loop, from its until', 'again', 'twice != "" && output != null && iteration > 2'],
    ['a node before the loop, from its until', 'again', 'size(each) > 0'],
    ['a list before the map', 'each', 'start.topic'],
    ['a variable of its own', 'after', '{% assign x = start.topic %}{{ x }}{% for y in each %}{{ y }}{% endfor %}'],
  ])('%s', (_, id, source) => {
    expect(problemsOf(id, source)).toEqual([])
  })

  test('the error of a node that goes on after one', () => {
    const graph = graphWith({})
    const nodes = graph.nodes.map((node) =>
      node.id === 'start'
        ? { ...node, onError: 'continue' as const }
        : node.id === 'after'
          ? { ...node, config: { template: '{{ start.error.code }}' } }
          : node,
    )
    expect(compile({ ...graph, nodes }, specs).problems).toEqual([])
  })
})

describe('a reference may not lead to', () => {
  test.each([
    ['a name that is misspelt', 'after', '{{ strat.topic }}', 'unknown_reference', 'Did you mean `start`?'],
    ['a misspelt name of a box', 'inner', '{{ itm }}', 'unknown_reference', 'Did you mean `item`?'],
    ['a name like nothing', 'beside', '{{ quite_something_else }}', 'unknown_reference', 'Known: `start`, `input`.'],
    ['a note', 'after', '{{ paper }}', 'unknown_reference', 'is a note'],
    ['a node behind it', 'after', '{{ done }}', 'not_upstream', 'connect `done` so that it does'],
    ['a node beside it', 'after', '{{ beside }}', 'not_upstream', 'does not come before `after`'],
    ['itself', 'after', '{{ after }}', 'not_upstream', 'this node itself'],
    ['a node beside the box around it', 'member', '{{ last }}', 'not_upstream', 'does not come before `crew`'],
    ['another member', 'member', '{{ other.text }}', 'not_upstream', 'another member'],
    ['the inside of a box before it', 'after', '{{ inner }}', 'inside_box', 'refer to `each`, its result'],
    ['the depth of a box before it', 'after', '{{ member.text }}', 'inside_box', 'refer to `each`, its result'],
    ['the inside of a box behind it', 'beside', '{{ member }}', 'inside_box', 'let `each` come before'],
    ['the result of the box around it', 'inner', '{{ each }}', 'box_not_done', '`each.item` or `each.index`'],
    ['the result of the team around it', 'member', '{{ crew.text }}', 'box_not_done', 'refer to a node before it'],
    ['an item outside of a map', 'after', '{{ item }}', 'unknown_reference', 'only there inside a map box'],
    ['an item inside of a loop only', 'twice', '{{ index }}', 'unknown_reference', 'only there inside a map box'],
    ['an output outside of until', 'twice', '{{ output }}', 'unknown_reference', 'the condition that ends a box'],
    [
      'the item of a box beside',
      'after',
      '{{ each.item }} {{ again.previous.x }} {{ twice }}',
      'inside_box',
      '`again`',
    ],
    ['a field that is not there', 'after', '{{ start.topik }}', 'unknown_field', 'Did you mean `topic`?'],
    ['a field of a team that is not there', 'last', '{{ crew.txt }}', 'unknown_field', 'Did you mean `text`?'],
    ['a secret', 'after', '{{ secret.key }}', 'secret_in_expression', '{ secret: name }'],
    ['the environment', 'after', '{{ env.HOME }}', 'unknown_reference', 'pass the value as an input'],
  ])('%s', (_, id, source, code, mend) => {
    const problems = problemsOf(id, source)
    expect(problems.map((problem) => [problem.code, problem.nodeId])).toEqual([[code, id]])
    expect(problems[0]?.message).toContain(mend)
    expect(problems[0]?.message).toContain(`\`${id}\``)
    expect(problems[0]?.field).toBe(id === 'member' ? 'prompt' : 'template')
  })
})
