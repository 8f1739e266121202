/** A piece of text that must not be seen, and what stands in its place. */
export type Span = { start: number; end: number; label: string }

export type Detect = (text: string) => readonly Span[]

/** Cuts spans out of a text. Where they overlap nothing of either stays; the one that begins first names the gap. */
export function cutSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end)
  const parts: string[] = []
  let at = 0
  for (const { start, end, label } of sorted) {
    if (start >= at) parts.push(text.slice(at, start), `[${label}]`)
    at = Math.max(at, end)
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/** All places of a pattern that has to be global. `group`: only that part of it. */
export function spansOf(text: string, pattern: RegExp, label: string, group = 0): Span[] {
  const spans: Span[] = []
  for (const match of text.matchAll(pattern)) {
    const found = match[group]
    if (found === undefined || found === '') continue
    const start = group === 0 ? match.index : match.index + match[0].lastIndexOf(found)
    spans.push({ start, end: start + found.length, label })
  }
  return spans
}
