/**
 * What the one font of the picture can draw: Latin, Vietnamese, Cyrillic, common punctuation. Any other character would
 * make the renderer ask the network for a font.
 */
const undrawable =
  /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u0113\u0116-\u012b\u012e-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u014d\u0150-\u017e\u0400-\u045f\u1ea0-\u1ef9\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u20ac]+/g

/** A text as far as the picture can show it; null when not enough of it is left to be understood. */
export function readable(text: string, most: number): string | null {
  const whole = text.normalize('NFC')
  const drawn = whole.replace(undrawable, ' ').replace(/\s+/g, ' ').trim()
  if (drawn.length * 2 < whole.trim().length || drawn === '') return null
  return drawn.length <= most ? drawn : `${drawn.slice(0, most - 1).trimEnd()}…`
}
