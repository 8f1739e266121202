import { describe, expect, it } from 'vitest'
import { word } from '@/e2e/testing/chance'
import type { Json } from '@/engine/json'
import type { WireRef } from '@/engine/run/wire'
import { ShareInclude } from '@/engine/share/options'
import { type RunProjection, withheld } from '@/engine/share/projection'
import { leavingWith, textsIn } from './leaving'

const values: { [key: string]: Json } = {}
const ref = (value: string): WireRef => {
  const hash = word('value')
  values[hash] = value
  return { hash, size: value.length + 2, preview: value.slice(0, 20) }
}

function projected(include: Partial<ShareInclude>, output: WireRef, prompt: string | null): RunProjection {
  const shown = ShareInclude.parse(include)
  return {
    v: 1,
    kind: 'run',
    name: 'Brief',
    graph: {
      baton: 1,
      name: 'Brief',
      nodes: [
        { id: 'write', kind: 'agent', name: 'Writer', config: prompt === null ? {} : { prompt } },
        { id: 'hint', kind: 'note', config: {} },
      ],
      edges: [],
    },
    events: [
      { type: 'run.created', v: 1, input: withheld, trigger: 'manual', seq: 1, at: 1 },
      { type: 'node.completed', path: 'write', attempt: 1, output, ports: ['out'], seq: 2, at: 2 },
    ],
    next: null,
    status: 'completed',
    startedAt: 1,
    finishedAt: 2,
    shown: { include: shown, mask: true, hidden: ['hidden_1'] },
    values,
  }
}

const lineOf = (projection: RunProjection, what: string) => leavingWith(projection).find((line) => line.what === what)

describe('what leaves with a link', () => {
  it('is told from what the projection holds, whatever was asked for', () => {
    const projection = projected({ outputs: true, input: true }, withheld, null)
    expect(lineOf(projection, 'What came out')).toMatchObject({ leaves: false })
    expect(lineOf(projection, 'What the run was started with')).toMatchObject({ leaves: false })
    expect(lineOf(projected({}, ref(word('answer')), null), 'What came out')).toMatchObject({ leaves: true })
  })

  it('says how many nodes are seen, and how many of them blank', () => {
    expect(lineOf(projected({}, withheld, null), 'The graph')?.detail).toBe(
      '1 node with their names, 1 of them shown blank',
    )
  })

  it('lists every text whole and once, by the node where it is seen', () => {
    const prompt = word('prompt')
    const answer = `${word('answer')} ${'long '.repeat(40)}`.trim()
    const texts = textsIn(projected({ prompts: true }, ref(answer), prompt))
    expect(texts).toEqual([
      { where: 'Setup of Writer', text: prompt },
      { where: 'Writer', text: answer },
    ])
    expect(textsIn(projected({}, withheld, null))).toEqual([])
  })
})
