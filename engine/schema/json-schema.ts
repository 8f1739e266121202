import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import { maxJsonDepth } from '@/engine/json-depth'
import { canonicalText, sameJson } from '@/engine/same-json'
import {
  compilePattern,
  findLocal,
  hasType,
  isDeeperThan,
  numberIn,
  objectIn,
  schemasIn,
  typeOf,
} from '@/engine/schema/schema-rules'

/** `path` reads like code (`items[2].price`) and is empty for the value itself. */
export type SchemaProblem = { path: string; message: string }

/** Values nest no deeper than `maxJsonDepth`; references and alternatives on the way to them take steps too. */
const depthLimit = 4 * maxJsonDepth
/** `anyOf` over `anyOf` can mean exponential work; past this many schema steps the value is refused. */
const workLimit = 200_000
const problemLimit = 20

/** `refused` outlives any alternative or negation it was met in: what wasn't checked to the end is never accepted. */
type Walk = { root: Json; work: number; problems: SchemaProblem[]; refused: SchemaProblem | null }
type Place = { path: string; depth: number }

/**
 * Checks a value against the part of JSON Schema 2020-12 listed in check-schema.ts. It interprets the schema: validators
 * that compile one to JavaScript would run code made from what users typed. Unknown keywords are ignored here; `checkSchema`
 * reports them where a schema is written.
 */
export function validateJson(schema: Json, value: Json): SchemaProblem[] {
  if (isDeeperThan(value, maxJsonDepth)) return [{ path: '', message: 'is nested too deeply' }]
  const walk: Walk = { root: schema, work: 0, problems: [], refused: null }
  check(walk, schema, value, { path: '', depth: 0 })
  return walk.refused === null ? walk.problems : [walk.refused]
}

function report(walk: Walk, place: Place, message: string): void {
  if (walk.problems.length < problemLimit) walk.problems.push({ path: place.path, message })
}

function refuse(walk: Walk, place: Place, message: string): void {
  walk.refused ??= { path: place.path, message }
}

const inside = (place: Place, key: string | number): Place => {
  const step = typeof key === 'number' ? `[${key}]` : place.path === '' ? key : `.${key}`
  return { path: place.path + step, depth: place.depth + 1 }
}

function check(walk: Walk, schema: Json, value: Json, place: Place): void {
  if (walk.refused !== null || schema === true) return
  walk.work += 1
  if (walk.work > workLimit) refuse(walk, place, 'takes too much work to check')
  else if (place.depth > depthLimit) refuse(walk, place, 'is nested too deeply')
  else if (schema === false) report(walk, place, 'is not allowed here')
  else if (isJsonObject(schema)) checkKeywords(walk, schema, value, place)
}

function checkKeywords(walk: Walk, schema: JsonObject, value: Json, place: Place): void {
  checkReference(walk, schema, value, place)
  checkAny(walk, schema, value, place)
  if (typeof value === 'string') checkText(walk, schema, value, place)
  else if (typeof value === 'number') checkNumber(walk, schema, value, place)
  else if (Array.isArray(value)) checkArray(walk, schema, value, place)
  else if (isJsonObject(value)) checkObject(walk, schema, value, place)
  checkCombined(walk, schema, value, place)
}

function checkReference(walk: Walk, schema: JsonObject, value: Json, place: Place): void {
  const ref = own(schema, '$ref')
  if (typeof ref !== 'string') return
  const target = findLocal(walk.root, ref)
  if (target === undefined) refuse(walk, place, `cannot be checked: ${ref} is not in the schema`)
  else check(walk, target, value, { path: place.path, depth: place.depth + 1 })
}

function checkAny(walk: Walk, schema: JsonObject, value: Json, place: Place): void {
  const type = own(schema, 'type')
  const wanted = Array.isArray(type) ? type : type === undefined ? [] : [type]
  if (wanted.length > 0 && !wanted.some((name) => hasType(value, name))) {
    report(walk, place, `must be ${wanted.join(' or ')}, is ${typeOf(value)}`)
  }
  const options = own(schema, 'enum')
  if (Array.isArray(options) && !options.some((option) => sameJson(option, value))) {
    report(walk, place, `must be one of ${shorten(options.map((option) => JSON.stringify(option)).join(', '))}`)
  }
  const constant = own(schema, 'const')
  if (constant !== undefined && !sameJson(constant, value)) {
    report(walk, place, `must be ${shorten(JSON.stringify(constant))}`)
  }
}

const shorten = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text)

function checkText(walk: Walk, schema: JsonObject, value: string, place: Place): void {
  const least = numberIn(schema, 'minLength')
  const most = numberIn(schema, 'maxLength')
  if (least !== undefined || most !== undefined) {
    let length = 0
    for (const _ of value) length += 1
    if (least !== undefined && length < least)
      report(walk, place, `must have at least ${least} characters, has ${length}`)
    if (most !== undefined && length > most) report(walk, place, `must have at most ${most} characters, has ${length}`)
  }
  const pattern = own(schema, 'pattern')
  if (typeof pattern !== 'string') return
  const compiled = compilePattern(pattern)
  if (compiled === null) refuse(walk, place, `cannot be checked: the pattern ${pattern} is not supported`)
  else if (!compiled.matcher(value).find()) report(walk, place, `must match the pattern ${pattern}`)
}

function checkNumber(walk: Walk, schema: JsonObject, value: number, place: Place): void {
  const least = numberIn(schema, 'minimum')
  const most = numberIn(schema, 'maximum')
  const above = numberIn(schema, 'exclusiveMinimum')
  const below = numberIn(schema, 'exclusiveMaximum')
  const step = numberIn(schema, 'multipleOf')
  if (least !== undefined && value < least) report(walk, place, `must be at least ${least}`)
  if (most !== undefined && value > most) report(walk, place, `must be at most ${most}`)
  if (above !== undefined && value <= above) report(walk, place, `must be more than ${above}`)
  if (below !== undefined && value >= below) report(walk, place, `must be less than ${below}`)
  if (step !== undefined && step > 0 && !isMultiple(value, step)) report(walk, place, `must be a multiple of ${step}`)
}

/** 0.3 is a multiple of 0.1 to a reader, though not in binary. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times))
}

function checkArray(walk: Walk, schema: JsonObject, value: readonly Json[], place: Place): void {
  const least = numberIn(schema, 'minItems')
  const most = numberIn(schema, 'maxItems')
  if (least !== undefined && value.length < least) report(walk, place, `must have at least ${least} items`)
  if (most !== undefined && value.length > most) report(walk, place, `must have at most ${most} items`)
  if (own(schema, 'uniqueItems') === true && new Set(value.map(canonicalText)).size !== value.length) {
    report(walk, place, 'must not contain the same item twice')
  }
  const prefix = schemasIn(schema, 'prefixItems')
  const rest = own(schema, 'items')
  for (let index = 0; index < value.length; index += 1) {
    const item = value[index]
    const wanted = prefix[index] ?? rest
    if (wanted !== undefined && item !== undefined) check(walk, wanted, item, inside(place, index))
    if (walk.problems.length >= problemLimit) return
  }
}

function checkObject(walk: Walk, schema: JsonObject, value: JsonObject, place: Place): void {
  const keys = Object.keys(value)
  const least = numberIn(schema, 'minProperties')
  const most = numberIn(schema, 'maxProperties')
  if (least !== undefined && keys.length < least) report(walk, place, `must have at least ${least} fields`)
  if (most !== undefined && keys.length > most) report(walk, place, `must have at most ${most} fields`)
  for (const name of schemasIn(schema, 'required')) {
    if (typeof name === 'string' && !Object.hasOwn(value, name)) report(walk, inside(place, name), 'is missing')
  }
  const properties = objectIn(schema, 'properties')
  const patterned = Object.entries(objectIn(schema, 'patternProperties'))
  const others = own(schema, 'additionalProperties')
  const names = own(schema, 'propertyNames')
  for (const key of keys) {
    const field = value[key]
    if (field === undefined) continue
    const at = inside(place, key)
    if (names !== undefined) check(walk, names, key, at)
    const wanted = own(properties, key)
    const alike = patterned.filter(([pattern]) => compilePattern(pattern)?.matcher(key).find() === true)
    if (wanted !== undefined) check(walk, wanted, field, at)
    for (const [, alikeSchema] of alike) check(walk, alikeSchema, field, at)
    if (wanted !== undefined || alike.length > 0 || others === undefined) continue
    if (others === false) report(walk, at, 'is not a known field')
    else check(walk, others, field, at)
  }
}

/** Problems of a trial don't count by themselves: another alternative may fit. */
function trial(walk: Walk, schema: Json, value: Json, place: Place): SchemaProblem[] {
  const kept = walk.problems
  walk.problems = []
  check(walk, schema, value, { path: place.path, depth: place.depth + 1 })
  const found = walk.problems
  walk.problems = kept
  return found
}

function checkCombined(walk: Walk, schema: JsonObject, value: Json, place: Place): void {
  for (const part of schemasIn(schema, 'allOf')) check(walk, part, value, { path: place.path, depth: place.depth + 1 })
  const any = schemasIn(schema, 'anyOf')
  if (any.length > 0) checkAlternatives(walk, any, value, place)
  const one = schemasIn(schema, 'oneOf')
  if (one.length > 0) {
    const fitting = one.filter((part) => trial(walk, part, value, place).length === 0).length
    if (fitting === 0) checkAlternatives(walk, one, value, place)
    else if (fitting > 1)
      report(walk, place, `must match exactly one of ${one.length} alternatives, matches ${fitting}`)
  }
  const not = own(schema, 'not')
  if (not !== undefined && trial(walk, not, value, place).length === 0) report(walk, place, 'must not match `not`')
}

function checkAlternatives(walk: Walk, parts: readonly Json[], value: Json, place: Place): void {
  let closest: SchemaProblem[] | undefined
  for (const part of parts) {
    const found = trial(walk, part, value, place)
    if (found.length === 0) return
    if (closest === undefined || found.length < closest.length) closest = found
  }
  const hint = closest?.[0]
  const detail = hint ? ` (closest: ${hint.path === '' ? 'it' : hint.path} ${hint.message})` : ''
  report(walk, place, `matches none of ${parts.length} alternatives${detail}`)
}
