import { isJsonObject, type Json } from '@/engine/json'
import type { WireRef } from '@/engine/run/wire'
import { wholeValue } from './values/wire-value'

/** How a value is shown: words as they read, data as JSON. */
export type Shown = { type: 'words'; text: string } | { type: 'data'; text: string }

/** Agents and teams answer with their words beside data; the words are what a person wants to see. */
export function showValue(value: Json): Shown {
  if (typeof value === 'string') return { type: 'words', text: value }
  if (isJsonObject(value) && typeof value.text === 'string' && isJsonObject(value.usage)) {
    return { type: 'words', text: readableStart(value.text) }
  }
  return { type: 'data', text: JSON.stringify(value, null, 2) }
}

/** Does the preview hold the whole value? How much of a value a preview holds is up to who sends it. */
export const isWhole = (ref: WireRef): boolean => wholeValue(ref) !== null

const opening = /^\{"(?:text|say)":"/

/**
 * The words in JSON that was cut off or is still being written: `{"text":"Tea is` reads as `Tea is`. What an agent says
 * to its team is JSON in JSON.
 */
export function readableStart(text: string): string {
  const start = opening.exec(text)?.[0].length
  if (start === undefined) return text
  const [written = ''] = /^(?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[^u])*/.exec(text.slice(start)) ?? []
  try {
    return readableStart(JSON.parse(`"${written}"`) as string)
  } catch {
    return text
  }
}

/** Words on one line, without the marks of Markdown. */
export const plainWords = (text: string): string =>
  text
    .replaceAll(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+/gm, '')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/\s+/g, ' ')

/** The end of what was said so far, from the start of a word if one starts soon: not every language has spaces. */
export function lastWords(text: string, most: number): string {
  if (text.length <= most) return text
  const end = text.slice(-most)
  const space = end.indexOf(' ')
  return `…${space < most / 2 ? end.slice(Math.max(0, space)) : end}`
}

export function showPreview(ref: WireRef): Shown {
  const whole = wholeValue(ref)
  if (whole) return showValue(whole.value)
  const text = readableStart(ref.preview)
  // Data that was cut off is no JSON any more, and no Markdown either.
  return { type: text === ref.preview && /^[[{]/.test(text) ? 'data' : 'words', text }
}
