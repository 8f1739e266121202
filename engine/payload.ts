import type { Json } from './json'

export const inlineLimit = 8 * 1024
export const previewLimit = 500

/**
 * A value in the log. Small ones travel inside (`inline`); larger ones are kept by hash in the payload table and show
 * their beginning as `preview`. `size` is the length of the JSON text in characters.
 */
export type Ref = { hash: string; size: number } & ({ inline: Json } | { preview: string })

export const isInline = (ref: Ref): ref is { hash: string; size: number; inline: Json } => 'inline' in ref

/** What a person sees of a value before opening it. */
export function previewOf(ref: Ref): string {
  if (!isInline(ref)) return ref.preview
  const text = typeof ref.inline === 'string' ? ref.inline : JSON.stringify(ref.inline)
  return text.slice(0, previewLimit)
}

export type Digest = (text: string) => string

/** Makes the ref of a value; `text` is handed back so that nobody serialises it twice. */
export function makeRef(value: Json, digest: Digest): { ref: Ref; text: string } {
  const text = JSON.stringify(value)
  const base = { hash: digest(text), size: text.length }
  if (text.length <= inlineLimit) return { ref: { ...base, inline: value }, text }
  const preview = (typeof value === 'string' ? value : text).slice(0, previewLimit)
  return { ref: { ...base, preview }, text }
}
