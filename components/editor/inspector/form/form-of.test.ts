import { describe, expect, test } from 'vitest'
import { schemaOf } from '@/engine/graph/config-schema'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { specs } from '@/nodes/registry/specs'
import type { FieldModel } from './field-model'
import { formOf } from './form-of'
import { isRelevant } from './overrides'
import { expressionAt } from './purpose'

/** Every field of the schema as a pattern, found without the form's own code. */
function patternsIn(schema: Json | undefined, at: string): string[] {
  if (schema === undefined || !isJsonObject(schema)) return []
  const variants = Array.isArray(schema.oneOf) ? schema.oneOf.flatMap((variant: Json) => patternsIn(variant, at)) : []
  const properties = Object.entries((schema.properties ?? {}) as JsonObject).flatMap(([name, property]) => {
    const path = at === '' ? name : `${at}.${name}`
    const inner = (property as JsonObject).items
    return (property as JsonObject).const !== undefined ? [] : [path, ...patternsIn(inner, `${path}.*`)]
  })
  return [...variants, ...properties]
}

function* fieldsIn(fields: readonly FieldModel[], at = ''): Generator<[string, FieldModel]> {
  for (const field of fields) {
    const path = at === '' ? field.name : `${at}.${field.name}`
    yield [path, field]
    if (field.control.type !== 'objects') continue
    const { shape } = field.control
    const inner = shape.type === 'same' ? shape.fields : shape.variants.flatMap((variant) => variant.fields)
    yield* fieldsIn(inner, `${path}.*`)
  }
}

const field = (kind: string, pattern: string): FieldModel | undefined => {
  const spec = specs[kind]
  return spec && new Map(fieldsIn(formOf(spec))).get(pattern)
}
const control = (kind: string, pattern: string) => field(kind, pattern)?.control

const kinds = Object.values(specs).map((spec) => [spec.kind, spec] as const)

describe.each(kinds)('the form of %s', (kind, spec) => {
  const found = new Map(fieldsIn(formOf(spec)))

  test('has a field for everything that the schema allows', () => {
    expect([...found.keys()].sort()).toEqual([...new Set(patternsIn(schemaOf(spec.config), ''))].sort())
  })

  test('asks for plain JSON only where the schema says nothing more', () => {
    const open = [...found].flatMap(
      ([
        pattern,
        {
          control: { type },
        },
      ]) => (type === 'json' ? [`${kind}.${pattern}`] : []),
    )
    const allowed = ['http.body', 'output.value', 'transform.template', 'workflow.input']
    expect(open.filter((pattern) => !allowed.includes(pattern))).toEqual([])
  })

  test('calls every field by a title and explains it', () => {
    for (const [pattern, { title, description }] of found) {
      expect([pattern, title]).not.toEqual([pattern, ''])
      expect([pattern, description]).not.toEqual([pattern, ''])
    }
  })

  test('shows what must be filled in', () => {
    for (const [pattern, { required, layout }] of found)
      if (required) expect([pattern, layout]).toEqual([pattern, 'shown'])
  })
})

describe('pickers', () => {
  test('are where a kind mentions tools, models, roles and members, found by asking the kind', () => {
    expect(control('agent', 'model')).toEqual({ type: 'model' })
    expect(control('router', 'model')).toEqual({ type: 'model' })
    expect(control('gate', 'checks.*.model')).toEqual({ type: 'model' })
    expect(control('agent', 'tools')).toEqual({ type: 'tools' })
    expect(control('tool', 'tool')).toEqual({ type: 'tool' })
    expect(control('agent', 'role')).toEqual({ type: 'role' })
    expect(control('team', 'lead')).toEqual({ type: 'member' })
    expect(control('team', 'judge')).toEqual({ type: 'member' })
    expect(control('workflow', 'workflow')).toEqual({ type: 'workflow' })
  })

  test('are nowhere else', () => {
    expect(control('router', 'routes.*.name')).toEqual({ type: 'text', long: false })
  })
})

describe('controls', () => {
  test('follow the schema', () => {
    expect(control('agent', 'temperature')).toEqual({ type: 'number', whole: false, min: 0, max: 2 })
    expect(control('agent', 'maxSteps')).toMatchObject({ type: 'number', whole: true })
    expect(control('input', 'fields.*.required')).toEqual({ type: 'boolean' })
    expect(control('input', 'fields.*.choices')).toEqual({ type: 'texts' })
    expect(control('http', 'headers')).toEqual({ type: 'record', value: 'text_or_secret' })
    expect(control('team', 'weights')).toEqual({ type: 'record', value: 'number' })
    expect(control('wait', 'seconds')).toEqual({ type: 'number_or_text' })
    expect(control('approval', 'title')).toEqual({ type: 'text', long: false })
    expect(control('agent', 'instructions')).toEqual({ type: 'text', long: true })
  })

  test('of checks come in the variants of the schema', () => {
    const checks = control('gate', 'checks')
    if (checks?.type !== 'objects' || checks.shape.type !== 'variants') throw new Error('no variants')
    expect(checks.shape.tag).toBe('type')
    expect(checks.shape.variants.map(({ word }) => word)).toEqual(['rule', 'rubric'])
  })

  test('carry the standard value', () => {
    expect(field('map', 'concurrency')?.standard).toBe(10)
    expect(field('http', 'method')?.standard).toBe('GET')
  })
})

describe('the language of a field', () => {
  const language = (kind: string, config: JsonObject, place: (string | number)[]) => {
    const spec = specs[kind]
    return spec ? (expressionAt(spec, config, place)?.type ?? null) : null
  }

  test('is known before anything is written in it', () => {
    expect(language('agent', {}, ['prompt'])).toBe('text')
    expect(language('condition', {}, ['expression'])).toBe('condition')
    expect(language('map', {}, ['items'])).toBe('value')
    expect(language('router', { routes: [{ name: 'a' }] }, ['routes', 0, 'when'])).toBe('condition')
    expect(language('http', { headers: {} }, ['headers', 'accept'])).toBe('text')
    expect(language('gate', { checks: [{ type: 'rubric' }] }, ['checks', 0, 'of'])).toBe('text')
  })

  test('follows the rest of the config', () => {
    expect(language('transform', { as: 'text' }, ['template'])).toBe('text')
    expect(language('transform', { as: 'json' }, ['template'])).toBe('structure')
  })

  test('is none for words that are taken as they are', () => {
    expect(language('note', {}, ['text'])).toBeNull()
    expect(language('router', {}, ['routes', 0, 'name'])).toBeNull()
  })
})

describe('relevance', () => {
  test('hides what means nothing with the other settings, unless it holds something', () => {
    expect(isRelevant('router', 'model', { mode: 'rules' })).toBe(false)
    expect(isRelevant('router', 'model', { mode: 'model' })).toBe(true)
    expect(isRelevant('router', 'model', { mode: 'rules', model: 'fast' })).toBe(true)
    expect(isRelevant('agent', 'prompt', {})).toBe(true)
  })
})
