import type { Json } from '@/engine/json'

/** What a model is shown of a tool's result: text as it is, anything else as JSON, cut where it gets too long. */
export function resultText(result: Json, maxBytes = 100_000): string {
  const text = typeof result === 'string' ? result : JSON.stringify(result)
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= maxBytes) return text
  // A character cut in half is dropped.
  const start = new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true })
  return `${start}\n[cut: the first ${maxBytes} of ${bytes.length} bytes]`
}
