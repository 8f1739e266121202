import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { FieldModel } from '../form/field-model'

/** A new item with what it must have: names that nobody has yet, first choices, empty texts. */
export function newItem(fields: readonly FieldModel[], others: readonly Json[]): JsonObject {
  const entries = fields.flatMap((field): [string, Json][] =>
    field.required ? [[field.name, startOf(field, others)]] : [],
  )
  return Object.fromEntries(entries)
}

function startOf({ name, control, standard }: FieldModel, others: readonly Json[]): Json {
  if (standard !== undefined) return standard
  switch (control.type) {
    case 'choice':
      return control.choices[0] ?? ''
    case 'number':
      return control.max !== undefined && control.max <= 1 ? 0.7 : (control.min ?? 0)
    case 'boolean':
      return false
    case 'text':
      return name === 'name' ? freeName(others) : ''
    default:
      return ''
  }
}

function freeName(others: readonly Json[]): string {
  const taken = new Set(others.map((item) => (isJsonObject(item) ? item.name : null)))
  for (let number = others.length + 1; ; number += 1) if (!taken.has(`name_${number}`)) return `name_${number}`
}
