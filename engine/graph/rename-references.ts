import type { GraphNode } from '@/engine/graph/schema'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { KindSpecs } from '@/engine/kind/spec'

export type Names = ReadonlyMap<string, string>

/** The config of a node with the ids it refers to renamed: in expressions, in templates, and where members are named. */
export function renameReferences(specs: KindSpecs, node: GraphNode, names: Names): JsonObject {
  const spec = own(specs, node.kind)
  const reading = spec?.config.safeParse(node.config)
  const parsed = reading?.success === true ? reading.data : undefined
  const conditions = new Set(
    parsed === undefined || spec === undefined
      ? []
      : spec
          .expressions(parsed)
          .filter(({ type }) => type === 'condition' || type === 'value')
          .map(({ field }) => field),
  )
  const members = new Set(
    parsed === undefined ? [] : (spec?.box?.members?.named(parsed) ?? []).map(({ field }) => field),
  )
  const walk = (value: Json, field: string): Json => {
    if (typeof value === 'string') {
      if (members.has(field)) return names.get(value) ?? value
      return conditions.has(field) ? renameIn(value, names) : renameInTemplate(value, names)
    }
    const below = (key: string | number) => (field === '' ? String(key) : `${field}.${key}`)
    if (Array.isArray(value)) return value.map((item: Json, index) => walk(item, below(index)))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        // Weights are by member.
        field === 'weights' ? (names.get(key) ?? key) : key,
        walk(inner, below(key)),
      ]),
    )
  }
  return walk(node.config, '') as JsonObject
}

/** Only inside `{{ … }}` and `{% … %}`: the words around them are only words. */
export const renameInTemplate = (text: string, names: Names): string =>
  text.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (tag) => renameIn(tag, names))

/** Quoted text stays as it is, and so does everything behind a dot. */
export const renameIn = (expression: string, names: Names): string =>
  expression.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(\.\s*)?\b([a-z][a-z0-9_]*)\b/g,
    (whole: string, dot: string | undefined, word: string | undefined) =>
      word === undefined || dot !== undefined ? whole : (names.get(word) ?? whole),
  )
