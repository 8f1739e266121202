import { isJsonObject, type Json } from '@/engine/json'
import { previewLimit } from '@/engine/payload'
import type { WireRef } from '@/engine/run/wire'

/** How a value is shown: words as they read, data as JSON. */
export type Shown = { type: 'words'; text: string } | { type: 'data'; text: string }

/** Agents and teams answer with their words beside data; the words are what a person wants to see. */
export function showValue(value: Json): Shown {
  if (typeof value === 'string') return { type: 'words', text: value }
  if (isJsonObject(value) && typeof value.text === 'string' && isJsonObject(value.usage)) {
    return { type: 'words', text: value.text }
  }
  return { type: 'data', text: JSON.stringify(value, null, 2) }
}

/** Does the preview hold the whole value? A string is shorter than its JSON by its quotes at least. */
export const isWhole = ({ preview, size }: WireRef): boolean => preview.length < previewLimit || preview.length >= size

/** What the preview shows. The text of a string and JSON can look alike, and then reading it as JSON does no harm. */
export function showPreview(ref: WireRef): Shown {
  if (!isWhole(ref)) return { type: 'words', text: ref.preview }
  try {
    return showValue(JSON.parse(ref.preview) as Json)
  } catch {
    return { type: 'words', text: ref.preview }
  }
}
