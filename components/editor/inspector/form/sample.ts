import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { Place } from './field-model'

/** A config in which everything is filled in that must be, so that a spec can be asked about a half-finished one. */
export function completed(schema: JsonObject, value: Json | undefined): Json {
  const variants = own(schema, 'oneOf')
  if (Array.isArray(variants)) return completed(variantOf(variants as readonly JsonObject[], value), value)
  const properties = own(schema, 'properties')
  if (isJsonObject(properties)) return completedObject(schema, properties, value)
  const items = own(schema, 'items')
  if (isJsonObject(items)) return Array.isArray(value) ? value.map((item: Json) => completed(items, item)) : []
  return value ?? own(schema, 'default') ?? sampleOf(schema)
}

function completedObject(schema: JsonObject, properties: JsonObject, value: Json | undefined): Json {
  const given = value !== undefined && isJsonObject(value) ? value : {}
  const required = own(schema, 'required')
  const needed = Array.isArray(required) ? (required as readonly Json[]) : []
  const entries = Object.entries(properties).flatMap(([name, property]): [string, Json][] => {
    const has =
      own(given, name) !== undefined || needed.includes(name) || own(property as JsonObject, 'default') !== undefined
    return has ? [[name, completed(property as JsonObject, own(given, name))]] : []
  })
  return Object.fromEntries(entries)
}

/** The variant whose constants are those of the value. */
function variantOf(variants: readonly JsonObject[], value: Json | undefined): JsonObject {
  const fits = (variant: JsonObject) =>
    Object.entries(propertiesOf(variant)).every(
      ([name, property]) =>
        !isJsonObject(property) ||
        property.const === undefined ||
        (value !== undefined && isJsonObject(value) && own(value, name) === property.const),
    )
  return variants.find(fits) ?? variants[0] ?? {}
}

export function propertiesOf(schema: JsonObject): JsonObject {
  const properties = own(schema, 'properties')
  return isJsonObject(properties) ? properties : {}
}

function sampleOf(schema: JsonObject): Json {
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return (schema.enum as readonly Json[])[0] ?? null
  switch (schema.type) {
    case 'number':
    case 'integer':
      return 1
    case 'boolean':
      return false
    case 'object':
      return {}
    default:
      return 'x'
  }
}

/** A copy with another value at a place; lists grow as far as they must. */
export function withAt(value: Json | undefined, [key, ...rest]: Place, wanted: Json): Json {
  if (key === undefined) return wanted
  if (typeof key === 'string') {
    const fields = value !== undefined && isJsonObject(value) ? value : {}
    return { ...fields, [key]: withAt(own(fields, key), rest, wanted) }
  }
  const items: readonly Json[] = Array.isArray(value) ? value : []
  return Array.from({ length: Math.max(items.length, key + 1) }, (_, index) =>
    index === key ? withAt(items[index], rest, wanted) : (items[index] ?? {}),
  )
}
