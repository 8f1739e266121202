import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { SchemaProblem } from '@/engine/schema/json-schema'
import { compilePattern, findLocal, typeNames } from '@/engine/schema/schema-rules'

const depthLimit = 64
/** Every schema is walked once where it is written; this bounds the size of what a person may paste. */
const schemaLimit = 5_000

const notes = ['title', 'description', 'default', 'examples', 'format', '$schema', '$id', '$comment', 'deprecated']
const annotations = new Set([...notes, 'readOnly', 'writeOnly', 'contentEncoding', 'contentMediaType'])

const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']
const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']
const single = ['items', 'additionalProperties', 'propertyNames', 'not']
const lists = ['prefixItems', 'anyOf', 'oneOf', 'allOf']
const maps = ['properties', 'patternProperties', '$defs', 'definitions']

const hints: Readonly<Record<string, string>> = {
  nullable: 'write type: ["…", "null"] instead',
  dependencies: 'write anyOf instead',
  if: 'write anyOf instead',
  additionalItems: 'write prefixItems and items instead',
}

type Walk = { root: Json; seen: number; problems: SchemaProblem[] }
type Visit = { walk: Walk; schema: JsonObject; path: string; depth: number }

/** Everything in a schema that Baton would not check, or not understand, each with its place. */
export function checkSchema(schema: Json): SchemaProblem[] {
  const walk: Walk = { root: schema, seen: 0, problems: [] }
  visit(walk, schema, '', 0)
  return walk.problems
}

function visit(walk: Walk, schema: Json, path: string, depth: number): void {
  walk.seen += 1
  if (walk.seen === schemaLimit) walk.problems.push({ path, message: `has more than ${schemaLimit} parts` })
  if (walk.seen >= schemaLimit || typeof schema === 'boolean') return
  if (depth > depthLimit) return void walk.problems.push({ path, message: 'is nested too deeply' })
  if (!isJsonObject(schema))
    return void walk.problems.push({ path, message: 'must be a schema: an object, true or false' })
  for (const [keyword, value] of Object.entries(schema)) {
    const at = path === '' ? keyword : `${path}.${keyword}`
    visitKeyword({ walk, schema, path: at, depth }, keyword, value)
  }
}

function visitKeyword(at: Visit, keyword: string, value: Json): void {
  if (annotations.has(keyword)) return
  if (single.includes(keyword)) visit(at.walk, value, at.path, at.depth + 1)
  else if (lists.includes(keyword)) visitList(at, value)
  else if (maps.includes(keyword)) visitMap(at, value, keyword === 'patternProperties')
  else {
    const message = plainProblem(at.walk.root, keyword, value)
    if (message !== undefined) at.walk.problems.push({ path: at.path, message })
  }
}

function plainProblem(root: Json, keyword: string, value: Json): string | undefined {
  if (counts.includes(keyword)) return isCount(value) ? undefined : 'must be a whole number from 0'
  if (numbers.includes(keyword)) return typeof value === 'number' ? undefined : 'must be a number'
  const rule = Object.hasOwn(rules, keyword) ? rules[keyword] : undefined
  return rule ? rule(value, root) : unsupported(keyword)
}

const isCount = (value: Json): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0
const unsupported = (keyword: string): string => {
  const hint = Object.hasOwn(hints, keyword) ? hints[keyword] : undefined
  return `is not supported${hint ? `: ${hint}` : ''}`
}

function visitList({ walk, path, depth }: Visit, value: Json): void {
  if (!Array.isArray(value) || value.length === 0) {
    return void walk.problems.push({ path, message: 'must be a list of schemas' })
  }
  value.forEach((part: Json, index) => {
    visit(walk, part, `${path}[${index}]`, depth + 1)
  })
}

function visitMap({ walk, path, depth }: Visit, value: Json, patterns: boolean): void {
  if (!isJsonObject(value)) return void walk.problems.push({ path, message: 'must be an object of schemas' })
  for (const [key, part] of Object.entries(value)) {
    if (patterns && compilePattern(key) === null) {
      walk.problems.push({ path: `${path}.${key}`, message: 'is not a supported pattern' })
    }
    visit(walk, part, `${path}.${key}`, depth + 1)
  }
}

const rules: Readonly<Record<string, (value: Json, root: Json) => string | undefined>> = {
  type: (value) => {
    const names: readonly Json[] = Array.isArray(value) ? value : [value]
    const wrong = names.find((name) => typeof name !== 'string' || !typeNames.includes(name))
    if (wrong === undefined && names.length > 0) return undefined
    return `must be one of ${typeNames.join(', ')}, or a list of them`
  },
  enum: (value) => (Array.isArray(value) && value.length > 0 ? undefined : 'must be a list with at least one value'),
  const: () => undefined,
  required: (value) =>
    Array.isArray(value) && value.every((name) => typeof name === 'string') ? undefined : 'must be a list of names',
  uniqueItems: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  multipleOf: (value) => (typeof value === 'number' && value > 0 ? undefined : 'must be a number above 0'),
  pattern: (value) => {
    if (typeof value !== 'string') return 'must be text'
    return compilePattern(value) ? undefined : 'is not a supported pattern (no look-around, no backreferences)'
  },
  $ref: (value, root) => {
    if (typeof value !== 'string' || !value.startsWith('#')) return 'must point inside this schema, like #/$defs/name'
    return findLocal(root, value) === undefined ? `points at nothing: ${value}` : undefined
  },
}
