import { isJsonObject, type Json } from '@/engine/json'

/** A value as words for a model or a reader: text stays, the output of an agent is what it said, the rest is JSON. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (isJsonObject(value) && typeof value.text === 'string') return value.text
  return JSON.stringify(value)
}

/** Like `textOf`, but nothing of a value is left out. */
export const wholeText = (value: Json): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
