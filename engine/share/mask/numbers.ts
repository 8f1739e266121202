import { groupedDigits } from './contacts'
import type { Detect, Span } from './spans'

export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const shortest = 13
const longest = 19

/** Looks at every stretch that begins and ends where a group does: a date of expiry may stand right behind the number. */
export const findCards: Detect = (text) =>
  groupedDigits(text).flatMap(({ start, text: found, digits }): Span[] => {
    if (digits.length < shortest) return []
    const places = [...found.matchAll(/\d/g)].map(({ index }) => index)
    const spans: Span[] = []
    let from = 0
    while (from + shortest <= places.length) {
      const length = cardAt(digits, places, from)
      if (length > 0) {
        const end = start + (places[from + length - 1] ?? 0) + 1
        spans.push({ start: start + (places[from] ?? 0), end, label: 'card' })
      }
      from += Math.max(length, 1)
    }
    return spans
  })

/** How many digits from here on are the number of a card; 0: none. */
function cardAt(digits: string, places: readonly number[], from: number): number {
  const isEdge = (index: number) =>
    index === 0 || index === places.length || places[index] !== (places[index - 1] ?? 0) + 1
  if (!isEdge(from) || !/[2-6]/.test(digits[from] ?? '')) return 0
  for (let length = Math.min(longest, places.length - from); length >= shortest; length--) {
    if (isEdge(from + length) && passesLuhn(digits.slice(from, from + length))) return length
  }
  return 0
}

/** How long the IBAN of a country is. */
const lengths: ReadonlyMap<string, number> = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/** With gaps in capitals only: words of a sentence must not look like the rest of one. */
const ibanStart =
  /(?<![\p{L}\p{N}])(?:[A-Z]{2}[ -]?\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}|[A-Za-z]{2}\d{2}[A-Za-z0-9]{11,30})/gu

export const findIbans: Detect = (text) => {
  const spans: Span[] = []
  ibanStart.lastIndex = 0
  for (let match = ibanStart.exec(text); match; match = ibanStart.exec(text)) {
    const length = ibanLength(match[0])
    if (length > 0) spans.push({ start: match.index, end: match.index + length, label: 'iban' })
    // What looked like one may have swallowed the beginning of a real one.
    ibanStart.lastIndex = match.index + Math.max(length, 2)
  }
  return spans
}

function ibanLength(found: string): number {
  const wanted = lengths.get(found.slice(0, 2).toUpperCase())
  if (wanted === undefined) return 0
  let length = 0
  let compact = ''
  for (; length < found.length && compact.length < wanted; length++) {
    const sign = found[length] ?? ''
    if (/[A-Za-z0-9]/.test(sign)) compact += sign
  }
  return compact.length === wanted && passesMod97(compact.toUpperCase()) ? length : 0
}

export function passesMod97(iban: string): boolean {
  let rest = 0
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
