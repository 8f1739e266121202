import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Json, own } from '@/engine/json'
import type { CheckContext, KindSpec } from '@/engine/kind/spec'
import { registryFiles } from '../../scripts/generate-registry.mjs'
import { runs } from './runs'
import { specs } from './specs'

const kinds =
  'input output agent team router condition map loop merge approval gate transform code http tool wait workflow note'.split(
    ' ',
  )

/** One full and one smallest config of each kind. */
const configs: Readonly<Record<string, readonly Json[]>> = {
  input: [{}, { fields: [{ name: 'topic', type: 'text', label: 'Topic', required: true, default: 'tea' }] }],
  output: [{}, { value: '{{ a.text }}' }, { value: { a: ['{{ a }}'] } }],
  agent: [
    {},
    {
      ...{ model: 'smart', instructions: 'Do {{ a }}', prompt: '{{ b }}', role: 'critic', autonomy: 'full' },
      ...{ tools: ['calculator', { tool: 'http_request', approval: 'always' }], outputSchema: { type: 'object' } },
      ...{ temperature: 1, maxOutputTokens: 100, maxSteps: 3 },
    },
  ],
  team: [
    { mode: 'sequence', goal: '{{ start.goal }}' },
    { mode: 'supervisor', goal: 'g', lead: 'a', maxRounds: 2 },
  ],
  router: [
    { routes: [{ name: 'big', when: 'start.n > 3' }] },
    { mode: 'model', routes: [{ name: 'big', description: 'Large' }], prompt: '{{ start.text }}', model: 'fast' },
  ],
  condition: [{ expression: 'start.n > 3' }],
  map: [{ items: 'start.list' }, { items: 'start.list', concurrency: 50, onItemError: 'null' }],
  loop: [
    { until: 'output.ok', maxIterations: 3 },
    { until: 'true', maxIterations: 3, onLimit: 'fail' },
  ],
  merge: [{}, { mode: 'any' }],
  approval: [
    { title: 'Go?' },
    { title: 'Go?', message: '{{ a }}', fields: [], timeoutSeconds: 5, onTimeout: 'approve' },
  ],
  gate: [
    {
      checks: [
        { type: 'rule', expression: 'a.n > 1', message: 'Too small' },
        { type: 'rubric', rubric: 'Is it {{ kind }}?', threshold: 0.5, of: '{{ a }}', model: 'fast' },
      ],
    },
  ],
  transform: [{ template: '{{ a }}' }, { template: { a: '{{ a }}' }, as: 'json' }, { template: null, as: 'json' }],
  code: [{ source: 'return 1' }, { source: 'return a', uses: ['a', 'index'] }],
  http: [
    { url: 'https://example.com' },
    {
      method: 'POST',
      url: 'https://{{ a }}',
      headers: { authorization: { secret: 'key' }, 'x-a': '{{ a }}' },
      body: { a: ['{{ a }}'] },
    },
  ],
  tool: [{ tool: 'calculator' }, { tool: 'mcp/files/read', arguments: { path: '{{ a }}' } }],
  wait: [{ seconds: 5 }, { seconds: '{{ a.n }}' }, { until: '2027-01-01' }],
  workflow: [{ workflow: 'brief' }, { workflow: 'brief', version: 2, input: { topic: '{{ a }}' } }],
  note: [{}, { text: 'Hello', color: 'yellow' }],
}

const specOf = (kind: string): KindSpec => {
  const spec = own(specs, kind)
  if (spec === undefined) throw new Error(`no kind ${kind}`)
  return spec
}
const each = kinds.flatMap((kind) => (configs[kind] ?? []).map((config, index) => [kind, index, config] as const))
const at = (config: unknown, field: string): unknown =>
  field.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config)

const findings = (kind: string, config: Json, children: CheckContext['children'] = []) => {
  const spec = specOf(kind)
  return (spec.check?.(spec.config.parse(config), { children }) ?? []).map(({ code, field }) => [code, field])
}

describe('the registry', () => {
  it('is what the folders of the kinds make it', () => {
    const root = path.join(import.meta.dirname, '../..')
    const files = registryFiles(root)
    expect(Object.keys(files)).toContain('nodes/registry/specs.ts')
    for (const [file, text] of Object.entries(files)) {
      expect(readFileSync(path.join(root, file), 'utf8'), `run: node scripts/generate-registry.mjs`).toBe(text)
    }
  })

  it('holds every kind of the format under its own name, and does work for all but notes', () => {
    expect(Object.keys(specs).sort()).toEqual([...kinds].sort())
    for (const kind of kinds) expect(specOf(kind).kind).toBe(kind)
    expect(Object.keys(runs).sort()).toEqual(kinds.filter((kind) => kind !== 'note').sort())
    for (const kind of Object.keys(runs)) expect(runs[kind]?.type === 'box', kind).toBe(specOf(kind).box !== undefined)
  })
})

describe('the config of a kind', () => {
  it.each(each)('%s %i is accepted, and its expressions stand where their fields say', (kind, _, config) => {
    const spec = specOf(kind)
    const parsed = spec.config.parse(config)
    for (const { field, source } of spec.expressions(parsed)) expect(at(parsed, field), field).toEqual(source)
    expect(spec.config.parse(parsed)).toEqual(parsed)
  })

  it.each(kinds)('of %s rejects a key that it does not know', (kind) => {
    const first = configs[kind]?.[0]
    const result = specOf(kind).config.safeParse({ ...(first as object), colour_of_sky: 1 })
    expect(result.success).toBe(false)
    expect(JSON.stringify(result.error)).toContain('colour_of_sky')
  })

  it.each(kinds)('of %s has a title and a description for every field', (kind) => {
    const schema = z.toJSONSchema(specOf(kind).config, { io: 'input' }) as { properties: Record<string, object> }
    for (const [name, field] of Object.entries(schema.properties)) {
      expect(field, `${kind}.${name}`).toMatchObject({ title: expect.any(String), description: expect.any(String) })
    }
  })
})

describe('what a schema cannot say', () => {
  it('is found in teams', () => {
    const agents = [
      { id: 'a', kind: 'agent' },
      { id: 'w', kind: 'workflow' },
    ]
    expect(findings('team', { mode: 'debate', goal: 'g' }, agents)).toEqual([['not_available', 'mode']])
    expect(findings('team', { mode: 'sequence', goal: 'g' })).toEqual([['missing_members', undefined]])
    expect(findings('team', { mode: 'supervisor', goal: 'g' }, agents.slice(0, 1))).toEqual([
      ['missing_members', undefined],
    ])
    expect(findings('team', { mode: 'supervisor', goal: 'g', lead: 'w' }, agents)).toEqual([['invalid_config', 'lead']])
    expect(findings('team', { mode: 'supervisor', goal: 'g' }, agents)).toEqual([])
  })

  it('is found in routers, agents, waits, requests, code and transforms', () => {
    const routes = [
      { name: 'a', when: 'true' },
      { name: 'a', when: 'true' },
      { name: 'otherwise', when: 'true' },
      { name: 'b' },
    ]
    expect(findings('router', { routes })).toEqual([
      ['duplicate_name', 'routes.1.name'],
      ['reserved_name', 'routes.2.name'],
      ['missing_field', 'routes.3.when'],
    ])
    const agent = { tools: ['a', { tool: 'a', approval: 'never' }] }
    expect(findings('agent', agent)).toEqual([['duplicate_name', 'tools.1']])
    expect(findings('wait', {})).toHaveLength(1)
    expect(findings('wait', { seconds: 1, until: '2027-01-01' })).toHaveLength(1)
    expect(findings('http', { url: 'x', body: 1 })).toEqual([['invalid_config', 'body']])
    expect(findings('code', { source: 'x', uses: ['a', 'a', 'input'] })).toHaveLength(2)
    expect(findings('transform', { template: { a: 1 } })).toEqual([['invalid_config', 'template']])
  })
})
