import { schemaOf } from '@/engine/graph/config-schema'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { FieldExpression, KindSpec } from '@/engine/kind/spec'
import type { Place } from './field-model'
import { completed, propertiesOf, withAt } from './sample'

/** A word that nobody writes, put into a field to see what a kind takes it for. */
const probe = 'probe_word'

export type Language = 'text' | 'structure' | 'condition' | 'value'
export type Purpose = 'tool' | 'role' | 'model' | 'member'

/** The language in which the field at a place is written in this very config; null: words as they are. */
export function expressionAt(spec: KindSpec, config: Json, place: Place): FieldExpression | null {
  const field = place.join('.')
  const asked = ask(spec, withAt(config, place, probe))
  const exact = asked.find((expression) => expression.field === field)
  if (exact !== undefined) return exact
  const around = asked.find((expression) => expression.type === 'structure' && field.startsWith(`${expression.field}.`))
  return around ? { ...around, type: 'text' } : null
}

function ask(spec: KindSpec, config: Json): readonly FieldExpression[] {
  try {
    return spec.expressions(completed(schemaOf(spec.config), config))
  } catch {
    // Somebody is in the middle of writing it.
    return []
  }
}

/** What a name at this place names, whatever the config is otherwise. */
export function purposeAt(spec: KindSpec, base: Json, place: Place): Purpose | null {
  const schema = schemaOf(spec.config)
  for (const config of settings(schema)) {
    const purpose = purposeIn(spec, completed(schema, withAt({ ...config, ...(base as JsonObject) }, place, probe)))
    if (purpose !== null) return purpose
  }
  return null
}

function purposeIn(spec: KindSpec, config: Json): Purpose | null {
  try {
    const { tools = [], roles = [], models = [] } = spec.mentions?.(config) ?? {}
    if (tools.includes(probe)) return 'tool'
    if (roles.includes(probe)) return 'role'
    if (models.includes(probe)) return 'model'
    return spec.box?.members?.named(config).some(({ id }) => id === probe) ? 'member' : null
  } catch {
    return null
  }
}

/** Nothing set, and each choice set once: some fields mean something only with one of them. */
function settings(schema: JsonObject): JsonObject[] {
  const choices = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const words = isJsonObject(property) ? own(property, 'enum') : undefined
    return Array.isArray(words) ? words.map((word: Json) => ({ [name]: word })) : []
  })
  return [{}, ...choices]
}
