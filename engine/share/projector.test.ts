import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import type { Graph } from '@/engine/graph/schema'
import { isJsonObject, type Json } from '@/engine/json'
import { makeRef, type Ref } from '@/engine/payload'
import { compile } from '@/engine/plan/compile'
import type { Fact, RunEvent } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import { statusOf } from '@/engine/run/summary'
import { specs } from '@/nodes/registry/specs'
import { ShareInclude, ShareOptions, type ShownOptions } from './options'
import { isWithheld } from './projection'
import { openProjector } from './projector'

const optionsOf = (given: object = {}): ShownOptions => {
  const { include, hide, mask, showAuthor } = ShareOptions.parse(given)
  return { include, hide, mask, showAuthor }
}
const digest = (text: string) => `real-${text.length}-${text.slice(1, 9)}`
const refTo = (value: Json): Ref => makeRef(value, digest).ref

type Recorded = { graph: Graph; events: RunEvent[] }
const folder = path.join(import.meta.dirname, '../run/corpus')
const corpus = readdirSync(folder).map((name): [string, Recorded] => [
  name,
  JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Recorded,
])

const project = ({ graph, events }: Recorded, given: object = {}, known: { text: string; label: string }[] = []) => {
  const projector = openProjector({ graph, options: optionsOf(given), secrets: known })
  return { projector, events: projector.push(events, () => null) }
}
const everything = { input: true, prompts: true, outputs: true, costs: true, toolArguments: true, timeline: true }
const includes = fc.record({
  input: fc.boolean(),
  prompts: fc.boolean(),
  outputs: fc.boolean(),
  costs: fc.boolean(),
  toolArguments: fc.boolean(),
  timeline: fc.boolean(),
})

describe.each(corpus)('the projection of %s', (_, recorded) => {
  it('folds to the same statuses at the same places, whatever is included', () => {
    const real = replay(recorded.events)
    fc.assert(
      fc.property(includes, (include) => {
        const { events } = project(recorded, { include })
        const state = replay(events)
        expect(statusOf(state)).toBe(statusOf(real))
        const statuses = (of: typeof state) => [...of.nodes].map(([key, { status }]) => [key, status])
        expect(statuses(state)).toEqual(statuses(real))
        expect([...state.openings]).toEqual([...real.openings])
      }),
      { numRuns: 20 },
    )
  })

  it('is the same whether the log comes at once or in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: recorded.events.length }), { maxLength: 5 }), (cuts) => {
        const projector = openProjector({ graph: recorded.graph, options: optionsOf(), secrets: [] })
        const places = [0, ...cuts.sort((a, b) => a - b), recorded.events.length]
        const pieces = places
          .slice(1)
          .flatMap((end, at) => projector.push(recorded.events.slice(places[at], end), () => null))
        expect(pieces).toEqual(project(recorded).events)
      }),
    )
  })

  it('numbers events without gaps, and keeps every value that they refer to', () => {
    const { projector, events } = project(recorded, { include: everything })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    for (const ref of refsIn(events as unknown as Json)) {
      if (!isWithheld(ref)) expect(projector.values.has(ref.hash)).toBe(true)
    }
  })

  it('carries no real hash, run id or idempotency key', () => {
    const text = JSON.stringify(project(recorded, { include: everything }).events)
    for (const { hash } of refsIn(recorded.events as unknown as Json)) expect(text).not.toContain(hash)
    expect(text).not.toMatch(/requestHash|"inline"|[0-9a-f]{8}-[0-9a-f]{4}-/)
  })

  it('lets nothing through that is added to an event or to its parts', () => {
    const marked = recorded.events.map((event) => mark(event as unknown as Json) as unknown as RunEvent)
    const { projector, events } = project({ ...recorded, events: marked }, { include: everything, showAuthor: true })
    expect(JSON.stringify(events)).not.toContain('MARK')
    expect(JSON.stringify(projector.graph)).not.toContain('MARK')
  })

  it('gives a graph that still compiles where prompts are included', () => {
    const { projector } = project(recorded, { include: everything, mask: false })
    const parsed = parseGraph(projector.graph, specs)
    expect(parsed.ok && compile(parsed.graph, specs).ok).toBe(true)
  })

  it('gives a graph that can be read and drawn where they are not', () => {
    const parsed = parseGraph(project(recorded).projector.graph, specs)
    expect(parsed.ok && parsed.graph.nodes.map(({ id, kind }) => [id, kind])).toEqual(
      recorded.graph.nodes.map(({ id, kind }) => [id, kind]),
    )
  })

  it('blanks one place of a run and leaves the others as they are', () => {
    const places = recorded.events.flatMap((event) => (event.type === 'node.completed' ? [event.path] : []))
    const place = places.find((at) => /[[#]/.test(at))
    if (place === undefined) return expect(places.every((at) => !at.includes('/'))).toBe(true)
    const { projector, events } = project(recorded, { include: everything, hide: [place] })
    expect(projector.graph.nodes.map(({ id }) => id)).toEqual(recorded.graph.nodes.map(({ id }) => id))
    const outputs = events.flatMap((event) =>
      event.type === 'node.completed' ? [[event.path, event.output.hash]] : [],
    )
    expect(Object.fromEntries(outputs)[place]).toBe('withheld')
    expect(outputs.filter(([, hash]) => hash !== 'withheld').length).toBeGreaterThan(1)
    expect(events.filter((event) => 'step' in event && event.path === place)).toEqual([])
  })

  it('shows a hidden node as a blank one, and nothing of what is inside it', () => {
    for (const { id, kind } of recorded.graph.nodes) {
      if (kind === 'note') continue
      const { projector, events } = project(recorded, { include: everything, hide: [id] })
      expect(projector.graph.nodes.some((node) => node.id === id)).toBe(false)
      expect(projector.shown.hidden).toHaveLength(1)
      const state = replay(events)
      expect(statusOf(state)).toBe(statusOf(replay(recorded.events)))
      const ids = new Set(projector.graph.nodes.map((node) => node.id))
      for (const { source, target } of projector.graph.edges) expect(ids.has(source) && ids.has(target)).toBe(true)
      for (const key of state.nodes.keys())
        expect(key.split('/').every((part) => ids.has(part.replace(/[#[].*/, '')))).toBe(true)
    }
  })
})

function refsIn(value: Json): { hash: string }[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(refsIn)
  if (!isJsonObject(value)) return []
  if (typeof value.hash === 'string' && typeof value.size === 'number') return [{ hash: value.hash }]
  return Object.values(value).flatMap(refsIn)
}

/** Everywhere but in values, which are somebody's data and pass or do not pass as a whole. */
function mark(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(mark)
  if (!isJsonObject(value)) return value
  const inner = Object.entries(value).map(([key, part]) => [
    key,
    key === 'inline' || key === 'fields' ? part : mark(part),
  ])
  return { ...Object.fromEntries(inner), extra: 'MARK' }
}

const planted = {
  input: 'the-input-of-it',
  instructions: 'the-instructions-of-it',
  answer: 'the-answer-of-it',
  question: 'the-question-of-it',
  rule: 'the-rule-of-it',
  args: 'the-arguments-of-it',
  error: 'the-error-of-it',
  model: 'the-model-of-it',
  author: 'the-author-of-it',
}
const graph: Graph = {
  baton: 1,
  name: 'Planted',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text', default: planted.input }] } },
    { id: 'pass', kind: 'condition', config: { expression: `start.topic == "${planted.instructions}"` } },
    {
      id: 'write',
      kind: 'agent',
      config: { instructions: planted.instructions, prompt: '{{ start.topic }}', model: planted.model },
    },
    { id: 'look', kind: 'tool', config: { tool: 'calculator', arguments: { expression: planted.args } } },
    { id: 'gate', kind: 'approval', config: { title: 'Go on?', message: '' } },
    {
      id: 'rules',
      kind: 'gate',
      config: { checks: [{ type: 'rule', expression: 'false', message: planted.rule }] },
    },
    { id: 'done', kind: 'output', config: {} },
  ],
  edges: [
    { source: 'start', target: 'pass' },
    { source: 'pass', sourcePort: 'true', target: 'write' },
    { source: 'write', target: 'look' },
    { source: 'look', target: 'gate' },
    { source: 'gate', sourcePort: 'approved', target: 'done' },
  ],
}
const input = refTo({ topic: planted.input })
const usage = { inputTokens: 1, outputTokens: 2, cost: 0.5, steps: 1 }
const answer = {
  text: planted.answer,
  toolCalls: [{ id: '1', name: 'calculator', arguments: { a: planted.args } }],
  finish: 'stop',
  usage,
  model: planted.model,
  connection: planted.model,
  simulated: false,
  cost: 0.5,
}
const by = { type: 'person' as const, id: planted.author, name: planted.author }
const step = { kind: 'model' as const, startedAt: 5 }
const done = (at: string, output: Ref, ports = ['out']): Fact => ({
  type: 'node.completed',
  path: at,
  attempt: 1,
  output,
  ports,
})
const facts: Fact[] = [
  { type: 'run.created', v: 1, input, trigger: 'api', parent: { runId: planted.author, path: 'x', depth: 1 } },
  { type: 'run.started' },
  done('start', input),
  done('pass', input, ['true']),
  { type: 'node.started', path: 'write', attempt: 1 },
  {
    type: 'step.completed',
    path: 'write',
    step: 'm1',
    ...step,
    result: refTo(answer),
    usage,
    model: planted.model,
    request: refTo({
      messages: [
        { role: 'system', content: planted.instructions },
        { role: 'user', content: planted.input },
      ],
    }),
  },
  { type: 'step.failed', path: 'write', step: 'm2', ...step, failure: { code: 'tool_failed', message: planted.error } },
  {
    type: 'node.retrying',
    path: 'write',
    attempt: 1,
    failure: { code: 'tool_failed', message: planted.error },
    retryAt: 9,
  },
  { type: 'node.started', path: 'write', attempt: 2 },
  done('write', refTo({ text: planted.answer, usage })),
  { type: 'node.started', path: 'look', attempt: 1 },
  {
    type: 'step.completed',
    path: 'look',
    step: 't1',
    kind: 'tool',
    startedAt: 5,
    tool: 'calculator',
    result: refTo(planted.answer),
    request: refTo({ tool: 'calculator', arguments: { expression: planted.args } }),
  },
  done('look', refTo(planted.answer)),
  {
    type: 'node.waiting',
    path: 'gate',
    attempt: 1,
    wait: 1,
    waiting: {
      reason: 'approval',
      title: `May ${planted.question} go out?`,
      message: refTo(`It says ${planted.question}.`),
      fields: [{ name: planted.instructions }],
      onTimeout: 'fail',
    },
  },
  {
    type: 'node.resumed',
    path: 'gate',
    cause: { type: 'decision', decision: 'approved', comment: planted.answer, by },
  },
  {
    ...done('gate', refTo(planted.answer), ['approved']),
    detail: refTo({ decision: 'approved', comment: planted.answer, by, fields: {} }),
  } as Fact,
  { ...done('rules', refTo(planted.answer), ['fail']), detail: refTo({ score: 0, reasons: [planted.rule] }) } as Fact,
  { type: 'budget.hit', limit: 'maxCost', path: 'done', used: 12_345, wanted: 1, max: 2 },
  { type: 'run.paused', reason: 'person', by },
  { type: 'run.resumed', by },
  { type: 'note', path: 'look', text: planted.answer },
  done('done', refTo(planted.answer)),
  { type: 'run.completed', output: refTo(planted.answer) },
]
const log: Recorded = { graph, events: facts.map((fact, index) => ({ ...fact, seq: index + 1, at: 1_000 + index })) }

describe('what is switched off', () => {
  it('is nowhere, in any combination of what is switched on; what is on is there', () => {
    fc.assert(
      fc.property(includes, fc.boolean(), (include, showAuthor) => {
        const { projector, events } = project(log, { include, showAuthor })
        const text = JSON.stringify([projector.graph, events, [...projector.values]])
        const { input, prompts, outputs, costs, toolArguments } = include
        expect({
          input: text.includes(planted.input),
          instructions: text.includes(planted.instructions),
          answer: text.includes(planted.answer),
          question: text.includes(planted.question),
          rule: text.includes(planted.rule),
          args: text.includes(planted.args),
          error: text.includes(planted.error),
          model: text.includes(planted.model),
          author: text.includes(planted.author),
          cost: /12345|0\.5|inputTokens/.test(text),
        }).toEqual({
          input,
          instructions: prompts,
          answer: outputs,
          question: prompts && input && outputs,
          rule: prompts,
          // Arguments stand in answers of models and requests of tools, both of which are steps.
          args: toolArguments && (include.timeline || prompts),
          error: outputs && toolArguments,
          model: costs && (include.timeline || prompts),
          author: showAuthor,
          cost: costs,
        })
      }),
      { numRuns: 200 },
    )
  })

  it('is also when something happened', () => {
    const { events } = project(log, { include: { timeline: false } })
    expect(new Set(events.map(({ at }) => at)).size).toBe(1)
    expect(events.some(({ type }) => type === 'step.failed')).toBe(false)
  })

  it('by default is everything but outputs and the timeline', () => {
    expect(ShareOptions.parse({}).include).toEqual({ ...ShareInclude.parse({}), outputs: true, timeline: true })
    const { projector, events } = project(log)
    const text = JSON.stringify([projector.graph, events, [...projector.values]])
    expect(Object.values(planted).filter((one) => text.includes(one))).toEqual([planted.answer])
  })
})

describe('what is passed on', () => {
  const long = 'What the customer wrote to us, which is so long that nobody but a machine would ever repeat it.'

  it('is withheld like the input that it repeats, alone or in the middle of an answer', () => {
    const facts: Fact[] = [
      { type: 'run.created', v: 1, input: refTo({ mail: long, who: 'Ada Lovelace' }), trigger: 'api' },
      done('write', refTo({ text: `They wrote: "${long}"`, who: 'Ada Lovelace' })),
      { type: 'run.completed', output: refTo('Ada Lovelace likes tea') },
    ]
    const events = facts.map((fact, index) => ({ ...fact, seq: index + 1, at: 1 }))
    const { projector } = project({ graph, events })
    expect([...projector.values.values()]).toEqual([
      { text: 'They wrote: "[not shared]"', who: '[not shared]' },
      'Ada Lovelace likes tea',
    ])
  })

  it('is withheld like the hidden node that made it', () => {
    const { projector, events } = project(log, { include: { outputs: true }, hide: ['look'] })
    expect(replay(events).run).toMatchObject({ status: 'completed', output: { hash: 'withheld' } })
    expect(JSON.stringify([projector.graph, events])).not.toContain('look')
  })

  it('has its secrets cut out, also with masking off', () => {
    const known = [{ text: planted.answer, label: 'secret key' }]
    const { projector, events } = project(log, { include: everything, mask: false }, known)
    expect(JSON.stringify([events, [...projector.values]])).not.toContain(planted.answer)
    expect(JSON.stringify([...projector.values])).toContain('[secret key]')
  })

  it('is masked whole before its preview is cut off', () => {
    const mail = 'ada.lovelace@example.org'
    fc.assert(
      fc.property(fc.integer({ min: 470, max: 500 }), (at) => {
        const text = `${'x '.repeat(at / 2)}${mail}`
        const events = facts.slice(0, 2).concat(done('write', refTo(text)))
        const { events: shown } = project({
          graph,
          events: events.map((fact, index) => ({ ...fact, seq: index + 1, at: 1 })),
        })
        expect(JSON.stringify(shown)).not.toContain('ada')
      }),
    )
  })
})
