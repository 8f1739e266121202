import type { Json } from '@/engine/json'
import { isInline, type Ref } from '@/engine/payload'

/** The value itself, if all of it stands in the ref already. The size says whether the preview is JSON or a bare text. */
export function wholeValue(ref: Ref): { value: Json } | null {
  if (isInline(ref)) return { value: ref.inline }
  const { preview, size } = ref
  if (preview.length === size) return readJson(preview)
  if (preview.length > size || JSON.stringify(preview).length !== size) return null
  return preview.length >= shortestCut && beginsData.test(preview) ? null : { value: preview }
}

/** What is shorter was never cut off. */
export const shortestCut = 64

/** Data without its last two characters is as long as a text without its quotes. */
const beginsData = /^(?:[[{]|[-+.\deE]*$)/

function readJson(text: string): { value: Json } | null {
  try {
    return { value: JSON.parse(text) as Json }
  } catch {
    return null
  }
}
