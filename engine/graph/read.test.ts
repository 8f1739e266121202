import { describe, expect, test } from 'vitest'
import { longestJson, longestYaml, readGraph } from '@/engine/graph/read'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

function timed(text: string) {
  const start = performance.now()
  const read = readGraph(text, specs)
  return {
    code: read.ok ? 'ok' : read.problems[0]?.code,
    message: read.ok ? '' : read.problems[0]?.message,
    ms: performance.now() - start,
  }
}

const deep = 100_000

describe('reading text', () => {
  test('takes JSON and YAML, flow or block, for the same graph', () => {
    const graph = buildGraph([{ id: 'a', kind: 'merge', config: { mode: 'any' } }])
    const yaml =
      '# A comment\nbaton: 1\nname: Test\nnodes:\n  - id: a\n    kind: merge\n    config: &c { mode: any }\nedges: []\n'
    expect(readGraph(JSON.stringify(graph), specs)).toEqual({ ok: true, graph })
    expect(readGraph(yaml, specs)).toEqual({ ok: true, graph })
    expect(
      readGraph('{baton: 1, name: Test, nodes: [{id: a, kind: merge, config: {mode: any}}], edges: []}', specs),
    ).toEqual({ ok: true, graph })
  })

  test('writes a minus zero as zero', () => {
    const text = '{"baton":1,"name":"x","nodes":[{"id":"a","kind":"merge","position":{"x":-0,"y":1}}],"edges":[]}'
    const read = readGraph(text, specs)
    expect(read.ok && read.graph.nodes[0]?.position?.x).toBe(0)
  })

  test.each([
    ['JSON', '['.repeat(deep) + ']'.repeat(deep)],
    ['JSON objects', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
    ['YAML in flow', `a: ${'[b,'.repeat(deep)}`],
    ['YAML lists', `${'- '.repeat(deep)}a`],
    ['YAML keys', `${'? '.repeat(deep)}a`],
  ])('refuses %s of a hundred thousand levels at once', (_, text) => {
    expect(timed(text)).toMatchObject({ code: 'too_deep' })
    expect(timed(text).ms).toBeLessThan(200)
  })

  test('refuses YAML whose indentation goes too deep', () => {
    const text = Array.from({ length: 400 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')
    expect(timed(text).code).toBe('too_deep')
  })

  test('reads brackets in quoted text as text', () => {
    const graph = buildGraph([{ id: 'a', kind: 'note', config: { text: `"${'[{'.repeat(200)}\\` } }])
    expect(readGraph(JSON.stringify(graph), specs)).toEqual({ ok: true, graph })
  })

  test.each([
    [
      'an alias bomb',
      `a: &a [1,2,3]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${`*${'abcdefghi'[i]},`.repeat(9)}]`).join('\n')}`,
      'bad_yaml',
      'write the repeated parts out',
    ],
    ['a key twice', 'baton: 1\nbaton: 1', 'bad_yaml', 'line 2'],
    ['broken YAML', 'baton: [1', 'bad_yaml', 'line 1'],
    ['several documents', 'baton: 1\n---\nbaton: 1\n', 'bad_yaml', 'keep one'],
    ['nothing', '', 'wrong_type', 'must be an object'],
    ['a sentence', 'hello', 'wrong_type', 'must be an object'],
    ['a __proto__ in YAML', '__proto__: {}', 'bad_key', '__proto__'],
    ['a lone surrogate in YAML', 'name: "\\ud800"', 'bad_text', 'lone surrogate'],
    ['too much JSON', ' '.repeat(longestJson + 1), 'too_large', 'at most'],
    ['too much YAML', `a: ${'b'.repeat(longestYaml)}`, 'too_large', 'as JSON'],
    ['long JSON that is cut off', `{"a":"${'b'.repeat(longestYaml)}`, 'too_large', 'no valid JSON'],
  ])('refuses %s', (_, text, code, sentence) => {
    const read = timed(text)
    expect(read.code).toBe(code)
    expect(read.message).toContain(sentence)
  })
})
