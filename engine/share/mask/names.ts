import type { Detect, Span } from './spans'

const word = /[\p{L}\p{N}_-]{10,}/gu

/**
 * Words that name one thing and nothing else: order numbers, codes, handles. Plain words are what everybody uses and
 * belong to nobody.
 */
const isName = (text: string): boolean =>
  /\p{L}/u.test(text) && (/\d/.test(text) || /_/.test(text) || /^[\p{Lu}_-]{10,}$/u.test(text))

export const namesIn = (text: string): string[] =>
  [...text.matchAll(word)].flatMap(([found]) => (isName(found) ? [found.toLowerCase()] : []))

/** However they are capitalised. */
export const findNames =
  (names: ReadonlySet<string>, label: string): Detect =>
  (text) =>
    names.size === 0
      ? []
      : [...text.matchAll(word)].flatMap(({ index, 0: found }): Span[] =>
          names.has(found.toLowerCase()) ? [{ start: index, end: index + found.length, label }] : [],
        )
