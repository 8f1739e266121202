import { RE2JS } from 're2js'
import type { Json, JsonObject } from '@/engine/json'
import { isJsonObject, own } from '@/engine/json'

/** Turns a JSON pointer fragment (`#/$defs/a~1b`) into the schema it names, looking only at own properties. */
export function findLocal(root: Json, ref: string): Json | undefined {
  if (ref === '#') return root
  if (!ref.startsWith('#/')) return undefined
  let here: Json | undefined = root
  for (const raw of ref.slice(2).split('/')) {
    const key = unescapePointer(raw)
    if (Array.isArray(here)) here = here[Number(key)]
    else here = isJsonObject(here) ? own(here, key) : undefined
    if (here === undefined) return undefined
  }
  return here
}

function unescapePointer(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return part
  }
}

const patterns = new Map<string, RE2JS | null>()
const patternLimit = 500

/** A linear-time pattern: schemas come from users. Null when RE2 doesn't know the syntax (look-around, backreferences). */
export function compilePattern(source: string): RE2JS | null {
  const known = patterns.get(source)
  if (known !== undefined) return known
  if (patterns.size >= patternLimit) patterns.clear()
  const compiled = tryCompile(source)
  patterns.set(source, compiled)
  return compiled
}

function tryCompile(source: string): RE2JS | null {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source))
  } catch {
    return null
  }
}

export type TypeName = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'
export const typeNames: readonly string[] = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']

export function typeOf(value: Json): TypeName {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as TypeName
}

export const hasType = (value: Json, wanted: Json): boolean => {
  const type = typeOf(value)
  return type === wanted || (type === 'integer' && wanted === 'number')
}

export const numberIn = (schema: JsonObject, key: string): number | undefined => {
  const value = own(schema, key)
  return typeof value === 'number' ? value : undefined
}

export const schemasIn = (schema: JsonObject, key: string): readonly Json[] => {
  const value = own(schema, key)
  return Array.isArray(value) ? value : []
}

export const objectIn = (schema: JsonObject, key: string): JsonObject => {
  const value = own(schema, key)
  return isJsonObject(value) ? value : {}
}

/** Without recursion, since it is what keeps everything else from recursing too far. */
export function isDeeperThan(value: Json, limit: number): boolean {
  let level: readonly Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    level = level.flatMap((each) => (Array.isArray(each) ? each : isJsonObject(each) ? Object.values(each) : []))
  }
  return false
}
