import type { Detect, Span } from './spans'

/** A text that is known word for word, such as the value of a secret. */
export type Known = { text: string; label: string }

/** Shorter ones are found in words by accident, and protect nothing. */
const shortest = 4

/** How a text looks inside JSON and inside addresses, too. */
const spellings = (text: string): string[] => [
  text,
  JSON.stringify(text).slice(1, -1),
  ...(text.isWellFormed() ? [encodeURIComponent(text)] : []),
]

export function knownTexts(known: readonly Known[]): readonly Known[] {
  const all = known
    .filter(({ text }) => text.length >= shortest)
    .flatMap(({ text, label }) => [...new Set(spellings(text))].map((spelling) => ({ text: spelling, label })))
  return all.sort((a, b) => b.text.length - a.text.length)
}

export const findKnown =
  (known: readonly Known[]): Detect =>
  (text) =>
    known
      .flatMap(({ text: wanted, label }): Span[] => {
        const spans: Span[] = []
        for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
          spans.push({ start: at, end: at + wanted.length, label })
        }
        return spans
      })
      .sort((a, b) => a.start - b.start)

/** Where the text ends with the beginning of something known, that beginning; else the end of the text. */
export function beginningOfKnown(text: string, known: readonly Known[]): number {
  let first = text.length
  for (const { text: wanted } of known) {
    const from = Math.max(0, text.length - wanted.length + 1)
    const head = wanted[0] ?? ''
    for (let at = text.indexOf(head, from); at >= 0 && at < first; at = text.indexOf(head, at + 1)) {
      if (wanted.startsWith(text.slice(at))) first = at
    }
  }
  return first
}
