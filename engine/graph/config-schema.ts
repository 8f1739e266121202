import { z } from 'zod'
import type { Place } from '@/engine/graph/issues'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'

const schemas = new WeakMap<z.ZodType, JsonObject>()

/** The JSON Schema of what a person may write for `type`, made once. */
export function schemaOf(type: z.ZodType): JsonObject {
  const known = schemas.get(type)
  if (known !== undefined) return known
  const options = { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' } as const
  const { $schema: _, '~standard': __, ...schema } = z.toJSONSchema(type, options) as Record<string, unknown>
  // Without functions and undefined values: what is left is what would be published.
  const plain = JSON.parse(JSON.stringify(schema)) as JsonObject
  schemas.set(type, plain)
  return plain
}

/** Keys that a schema names at a place, in its order; those of all alternatives together. */
export function keysAt(root: JsonObject, place: Place): readonly string[] {
  const here = place.reduce<readonly JsonObject[]>((schemas, key) => enter(root, schemas, key), rootsOf(root))
  return [...new Set(here.flatMap((schema) => Object.keys(objectAt(schema, 'properties'))))]
}

export const rootsOf = (root: JsonObject): readonly JsonObject[] => alternatives(root, root)

/** From the schemas of a value to those of what it holds under a key. */
export const enter = (root: JsonObject, schemas: readonly JsonObject[], key: string | number): readonly JsonObject[] =>
  schemas.flatMap((schema) => stepInto(root, schema, key))

function stepInto(root: JsonObject, schema: JsonObject, key: string | number): readonly JsonObject[] {
  const properties = objectAt(schema, 'properties')
  const prefix = own(schema, 'prefixItems')
  const item = typeof key === 'number' && Array.isArray(prefix) ? prefix[key] : undefined
  const next =
    typeof key === 'number'
      ? (item ?? own(schema, 'items'))
      : (own(properties, key) ?? own(schema, 'additionalProperties'))
  return alternatives(root, next)
}

/** A schema with its references followed and its alternatives laid out. */
function alternatives(root: JsonObject, schema: Json | undefined, depth = 0): readonly JsonObject[] {
  if (!isJsonObject(schema) || depth > 8) return []
  const ref = own(schema, '$ref')
  if (ref === '#') return alternatives(root, root, depth + 1)
  if (typeof ref === 'string')
    return alternatives(root, own(objectAt(root, '$defs'), ref.replace('#/$defs/', '')), depth + 1)
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
    const list = own(schema, word)
    return Array.isArray(list) ? list : []
  })
  return parts.length === 0 ? [schema] : [schema, ...parts.flatMap((part) => alternatives(root, part, depth + 1))]
}

function objectAt(schema: JsonObject, key: string): JsonObject {
  const value = own(schema, key)
  return isJsonObject(value) ? value : {}
}
