import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { Reading } from '../drafts'

/** An object while somebody edits it: two rows may have the same name for a moment. */
export type Row = { name: string; value: Json }

export const rowsOf = (value: Json | undefined): readonly Row[] =>
  value !== undefined && isJsonObject(value)
    ? Object.entries(value).map(([name, inner]) => ({ name, value: inner }))
    : []

export function readRows(rows: readonly Row[]): Reading {
  const names = rows.map(({ name }) => name)
  if (names.includes('')) return { ok: false, sentence: 'Give every row a name.' }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return { ok: false, sentence: `There are two rows called ${twice}. Rename one of them.` }
  if (names.includes('__proto__')) return { ok: false, sentence: 'A row can’t be called __proto__.' }
  const value: JsonObject = Object.fromEntries(rows.map(({ name, value: inner }) => [name, inner]))
  return { ok: true, value: rows.length === 0 ? undefined : value }
}

/** Drafts are texts; rows are kept as JSON. */
export const printRows = (value: Json | undefined): string => JSON.stringify(rowsOf(value))

export function rowsIn(text: string): readonly Row[] {
  return JSON.parse(text) as readonly Row[]
}
