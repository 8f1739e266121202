import { type Shown, showValue } from '@/components/run/value-text'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { fieldTitle } from './field-title'

export type FieldValue = { type: 'nothing' } | { type: 'plain'; text: string } | Shown
export type ResultField = { key: string; title: string; value: FieldValue }

/** What came out of a run, as people read it: in named parts, if it has some. */
export type Result = { type: 'nothing' } | { type: 'fields'; fields: readonly ResultField[] } | { type: 'value' }

/** More than that is data to search in, not something to read from the top. */
const mostFields = 60

export function resultOf(value: Json): Result {
  if (value === null) return { type: 'nothing' }
  const parts = partsOf(value)
  if (parts.length === 0 || parts.length > mostFields) return { type: 'value' }
  return {
    type: 'fields',
    fields: parts.map(([key, title, part]) => ({ key, title, value: fieldValue(part) })),
  }
}

type ResultPart = readonly [key: string, title: string, value: Json]

function partsOf(value: Json): readonly ResultPart[] {
  if (Array.isArray(value)) {
    const isRead = value.every((item) => showValue(item).type === 'words')
    return isRead ? value.map((item, index) => [String(index), `Item ${index + 1}`, item]) : []
  }
  if (!isJsonObject(value)) return []
  if (showValue(value).type !== 'words') return fieldsOf(value)
  // An agent that was asked for data says it as JSON: its words are nothing to read.
  return isJsonObject(value.data) && saysJson(value.text) ? fieldsOf(value.data) : []
}

const fieldsOf = (value: JsonObject): ResultPart[] =>
  Object.entries(value).map(([key, part]) => [key, fieldTitle(key), part])

const saysJson = (text: Json | undefined): boolean => typeof text === 'string' && /^\s*(?:```json\s*)?\{/.test(text)

function fieldValue(value: Json): FieldValue {
  if (value === null) return { type: 'nothing' }
  if (typeof value === 'boolean') return { type: 'plain', text: value ? 'Yes' : 'No' }
  return typeof value === 'number' ? { type: 'plain', text: String(value) } : showValue(value)
}
