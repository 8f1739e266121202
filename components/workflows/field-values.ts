import type { InputField } from '@/engine/input'
import type { Json, JsonObject } from '@/engine/json'

/** What a form holds while somebody types: text for almost everything. */
export type Draft = { readonly [name: string]: string | boolean }

export function emptyDraft(fields: readonly InputField[]): Draft {
  return Object.fromEntries(fields.map((field) => [field.name, draftOf(field, field.default ?? null)]))
}

function draftOf({ type }: InputField, value: Json): string | boolean {
  if (type === 'boolean') return value === true
  if (value === null) return ''
  return typeof value === 'string' && type !== 'json' ? value : JSON.stringify(value, null, 2)
}

/** Of what was typed into one form, what fits into another one: the same name, and of the same sort. */
export const typedOver = (form: Draft, typed: Draft): Draft =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => typeof form[name] === typeof value))

export type DraftReading =
  | { ok: true; values: JsonObject }
  | { ok: false; problems: { readonly [name: string]: string } }

/** Reads what was typed. Empty means left out: the field's default or null, unless it is required. */
export function readDraftValues(fields: readonly InputField[], draft: Draft): DraftReading {
  const values: [string, Json][] = []
  const problems: [string, string][] = []
  for (const field of fields) {
    const typed = draft[field.name] ?? ''
    if (typed === '') {
      if (field.required) problems.push([field.name, 'Fill this in.'])
      continue
    }
    const read = readTyped(field, typed)
    if (read.ok) values.push([field.name, read.value])
    else problems.push([field.name, read.problem])
  }
  if (problems.length > 0) return { ok: false, problems: Object.fromEntries(problems) }
  return { ok: true, values: Object.fromEntries(values) }
}

type Typed = { ok: true; value: Json } | { ok: false; problem: string }

function readTyped({ type }: InputField, typed: string | boolean): Typed {
  if (typeof typed === 'boolean') return { ok: true, value: typed }
  if (type === 'number') {
    const value = Number(typed.trim().replace(',', '.'))
    return Number.isFinite(value) ? { ok: true, value } : { ok: false, problem: 'Write a number, like 12 or 0.5.' }
  }
  if (type !== 'json' && type !== 'file') return { ok: true, value: typed }
  try {
    return { ok: true, value: JSON.parse(typed) as Json }
  } catch {
    return { ok: false, problem: 'This is no valid JSON. Texts need double quotes: {"name": "tea"}.' }
  }
}

export const labelOf = ({ label, name }: InputField): string =>
  label ?? (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ')
