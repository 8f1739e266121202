import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import { validateJson } from '@/engine/schema/json-schema'
import { findLocal, numberIn, objectIn, schemasIn, typeNames } from '@/engine/schema/schema-rules'
import { type Chance, chanceFrom } from '@/server/models/simulated/chance'
import { chooseNumber, chooseOption, chooseTruth, turnsIn } from '@/server/models/simulated/choices'
import type { Reading } from '@/server/models/simulated/reading'
import { lookUp, writeField } from '@/server/models/simulated/wording'

export type Making = { root: Json; reading: Reading; chance: Chance; work: number }
type Spot = { name: string; depth: number }

/** Beyond this, only what a schema insists on is made. */
const richDepth = 5
const deepest = 40
/** Lists of lists of a thousand items each would never end. */
const workLimit = 20_000
const attempts = 6

/** A value that fits the schema, made of words of the prompt where it holds words. */
export function makeInstance(schema: Json, reading: Reading, seed: string): Json {
  let first: Json | undefined
  for (let n = 0; n < attempts; n += 1) {
    const made = make({ root: schema, reading, chance: chanceFrom(`${seed}/${n}`), work: 0 }, schema, {
      name: '',
      depth: 0,
    })
    if (validateJson(schema, made).length === 0) return made
    first ??= made
  }
  return first ?? null
}

function make(making: Making, schema: Json, spot: Spot): Json {
  making.work += 1
  if (!isJsonObject(schema) || spot.depth > deepest || making.work > workLimit)
    return schema === true ? making.reading.topic : null
  const whole = resolve(making, schema, 0)
  const constant = own(whole, 'const')
  if (constant !== undefined) return constant
  const options = own(whole, 'enum')
  if (Array.isArray(options)) return chooseOption(options, making, spot.name)
  const alternatives = [...schemasIn(whole, 'anyOf'), ...schemasIn(whole, 'oneOf')]
  if (alternatives.length > 0) return makeAlternative(making, whole, alternatives, spot)
  switch (typeFor(whole)) {
    case 'null':
      return null
    case 'string':
      return makeText(making, whole, spot)
    case 'boolean':
      return chooseTruth(spot.name, making.chance)
    case 'integer':
      return chooseNumber(whole, spot.name, making, 'whole')
    case 'number':
      return chooseNumber(whole, spot.name, making, 'any')
    case 'array':
      return makeList(making, whole, spot)
    case 'object':
      return makeObject(making, whole, spot)
    default:
      return writeField(whole, spot.name, making)
  }
}

/** Follows references and folds `allOf` into one schema. */
function resolve(making: Making, schema: JsonObject, depth: number): JsonObject {
  if (depth > 20) return schema
  const ref = own(schema, '$ref')
  const target = typeof ref === 'string' ? findLocal(making.root, ref) : undefined
  const parts = [...(target === undefined ? [] : [target]), ...schemasIn(schema, 'allOf')]
  if (parts.length === 0) return schema
  const { $ref: _, allOf: __, ...rest } = schema
  return parts
    .filter(isJsonObject)
    .reduce<JsonObject>((whole, part) => merge(whole, resolve(making, part, depth + 1)), rest)
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const required = [...new Set([...schemasIn(a, 'required'), ...schemasIn(b, 'required')])]
  const properties = { ...objectIn(a, 'properties'), ...objectIn(b, 'properties') }
  const low = [numberIn(a, 'minimum'), numberIn(b, 'minimum')].filter((n) => n !== undefined)
  const high = [numberIn(a, 'maximum'), numberIn(b, 'maximum')].filter((n) => n !== undefined)
  return {
    ...a,
    ...b,
    ...(required.length > 0 ? { required } : {}),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(low.length > 0 ? { minimum: Math.max(...low) } : {}),
    ...(high.length > 0 ? { maximum: Math.min(...high) } : {}),
  }
}

function makeAlternative(making: Making, whole: JsonObject, alternatives: readonly Json[], spot: Spot): Json {
  const { anyOf: _, oneOf: __, ...rest } = whole
  const real = alternatives.filter((part) => !(isJsonObject(part) && own(part, 'type') === 'null'))
  const usable: readonly Json[] = real.length > 0 ? real : alternatives
  const chosen = chooseOption(usable, making, spot.name)
  const merged = isJsonObject(chosen) ? merge(rest, resolve(making, chosen, 0)) : rest
  return make(making, merged, { name: spot.name, depth: spot.depth + 1 })
}

function typeFor(schema: JsonObject): string {
  const type = own(schema, 'type')
  if (typeof type === 'string') return type
  if (Array.isArray(type))
    return String(type.find((name) => name !== 'null' && typeNames.includes(String(name))) ?? 'null')
  if (own(schema, 'properties') || own(schema, 'required') || own(schema, 'additionalProperties')) return 'object'
  if (own(schema, 'items') !== undefined || own(schema, 'prefixItems')) return 'array'
  const numeric = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
  return numeric.some((key) => own(schema, key) !== undefined) ? 'number' : 'string'
}

function makeText(making: Making, schema: JsonObject, { name, depth }: Spot): Json {
  if (isLater(making, schema, name)) return null
  const found = mayBeNull(schema) ? lookUp(name, making.reading) : undefined
  if (found !== undefined) return found
  // In a list every item would have the same title otherwise.
  const isItem = depth > 2 && /^(title|headline|heading)$/i.test(name)
  return writeField(schema, isItem ? 'label' : name, making)
}

function mayBeNull(schema: JsonObject): boolean {
  const type = own(schema, 'type')
  return Array.isArray(type) && type.includes('null')
}

/** A result that may be null is null while there is work to hand out. */
function isLater(making: Making, schema: JsonObject, name: string): boolean {
  if (!mayBeNull(schema) || !/^(finish|final|result|answer)/i.test(name)) return false
  if (!isJsonObject(making.root)) return false
  const lists = Object.values(objectIn(making.root, 'properties')).filter(isJsonObject)
  return lists.some((list) => (turnsIn(objectIn(list, 'items'), making.reading)?.waiting.length ?? 0) > 0)
}

/** Work for each who hasn't had any. */
function makeOrders(making: Making, schema: JsonObject, spot: Spot): Json | null {
  const item = objectIn(schema, 'items')
  const turns = turnsIn(item, making.reading)
  if (turns === null) return null
  const most = numberIn(schema, 'maxItems') ?? turns.waiting.length
  return turns.waiting.slice(0, most).map((who) => {
    const properties = { ...objectIn(item, 'properties'), [turns.field]: { const: who } }
    return make(making, { ...item, properties }, { name: singular(spot.name), depth: spot.depth + 1 })
  })
}

function makeList(making: Making, schema: JsonObject, spot: Spot): Json {
  const orders = makeOrders(making, schema, spot)
  if (Array.isArray(orders) && orders.length >= (numberIn(schema, 'minItems') ?? 0)) return orders
  const prefix = schemasIn(schema, 'prefixItems')
  const rest = own(schema, 'items')
  const least = numberIn(schema, 'minItems') ?? 0
  const usual = spot.depth > richDepth ? least : Math.max(least, prefix.length, rest === false ? 0 : 3)
  const most = numberIn(schema, 'maxItems') ?? usual
  const count = Math.min(Math.max(usual, least), most, rest === false ? prefix.length : Number.POSITIVE_INFINITY)
  const made: Json[] = []
  const seen = new Set<string>()
  for (let tries = 0; made.length < count && tries < count * 8 && making.work <= workLimit; tries += 1) {
    const wanted = prefix[made.length] ?? rest ?? true
    const item = make(making, wanted, { name: singular(spot.name), depth: spot.depth + 1 })
    const key = JSON.stringify(item)
    // Repeats read badly even where they are allowed; the last tries take them.
    if (seen.has(key) && (own(schema, 'uniqueItems') === true || tries < count * 4)) continue
    seen.add(key)
    made.push(item)
  }
  return made
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '')

function makeObject(making: Making, schema: JsonObject, spot: Spot): Json {
  const properties = objectIn(schema, 'properties')
  const required = schemasIn(schema, 'required').filter((name) => typeof name === 'string')
  const most = numberIn(schema, 'maxProperties') ?? Number.POSITIVE_INFINITY
  const optional = Object.keys(properties).filter((name) => !required.includes(name) && properties[name] !== false)
  const extra = spot.depth > richDepth ? [] : optional.slice(0, Math.max(0, most - required.length))
  const wanted = new Set([...required, ...extra])
  const others = own(schema, 'additionalProperties')
  const names = [
    ...Object.keys(properties).filter((name) => wanted.has(name)),
    ...required.filter((name) => !own(properties, name)),
  ]
  for (let n = 0; names.length < Math.min(1_000, numberIn(schema, 'minProperties') ?? 0) && others !== false; n += 1)
    names.push(`field${n + 1}`)
  const fields = [...new Set(names)].map((name) => {
    const field = own(properties, name) ?? (others === undefined || others === false ? true : others)
    return [name, make(making, field, { name, depth: spot.depth + 1 })] as const
  })
  return Object.fromEntries(fields)
}
