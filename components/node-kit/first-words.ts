import type { Json } from '@/engine/json'

/** The beginning of a text on one line. */
export function firstWords(text: string, max = 90): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= max ? line : `${line.slice(0, max - 1).trimEnd()}…`
}

export const firstWordsOf = (value: Json | undefined): string =>
  value === undefined ? '' : firstWords(typeof value === 'string' ? value : JSON.stringify(value))
