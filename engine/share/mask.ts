import { isJsonObject, type Json } from '@/engine/json'
import { findEmails, findPhones } from './mask/contacts'
import { beginningOfKnown, findKnown, type Known, knownTexts } from './mask/exact'
import { findKnownKeys, findRandomWords } from './mask/keys'
import { findNames } from './mask/names'
import { findCards, findIbans } from './mask/numbers'
import { cutSpans, type Detect } from './mask/spans'

export type Mask = {
  text: (text: string) => string
  /** Texts, keys and numbers anywhere in it. */
  value: (value: Json) => Json
  /** Of a text that is still growing: how much of it can be masked now such that nothing that follows changes that. */
  settled: (text: string) => number
}

const patterns: readonly Detect[] = [findEmails, findIbans, findCards, findPhones, findKnownKeys, findRandomWords]

type Options = {
  known: readonly Known[]
  patterns: boolean
  /** Looked for word by word, in small letters. May grow. */
  names?: { words: ReadonlySet<string>; label: string }
}

/** Whole values have to be masked before anything is cut off: half a card number is no card number to these eyes. */
export function createMask(options: Options): Mask {
  const known = knownTexts(options.known)
  const { names } = options
  const detectors = [
    findKnown(known),
    ...(names ? [findNames(names.words, names.label)] : []),
    ...(options.patterns ? patterns : []),
  ]
  const text = (plain: string) =>
    plain.length < 4
      ? plain
      : cutSpans(
          plain,
          detectors.flatMap((detect) => detect(plain)),
        )
  const named = (name: string, value: string) =>
    options.patterns && isTelling(name, value) ? `[${secretName.test(name) ? 'key' : 'phone'}]` : text(value)

  const leaf = (value: string | number, name: string): Json => {
    const plain = String(value)
    const masked = named(name, plain)
    return masked === plain ? value : masked
  }
  const walk = (value: Json, name: string): Json => {
    if (typeof value === 'string' || typeof value === 'number') return leaf(value, name)
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => walk(item, name))
    if (!isJsonObject(value)) return value
    const entries: [string, Json][] = []
    const taken = new Set<string>()
    for (const [key, inner] of Object.entries(value)) {
      const free = freeName(text(key), taken)
      taken.add(free)
      entries.push([free, walk(inner, key)])
    }
    return Object.fromEntries(entries)
  }

  return {
    text,
    value: (value) => walk(value, ''),
    settled: (growing) => {
      const spans = findKnown(known)(growing)
      let until = boundaryIn(growing.slice(0, beginningOfKnown(growing, known)))
      for (const { start, end } of spans.toReversed()) {
        if (start < until && until < end) until = boundaryIn(growing.slice(0, start))
      }
      return until
    },
  }
}

const secretName =
  /pass(?:word|wd|phrase)|secret(?!ar)|token$|api[_-]?key|authorization|cookie|credential|private[_-]?key/i
const phoneName = /phone|mobile|^tel|fax/i

/** The name of a field can say what its value is, where the value alone could be anything. */
function isTelling(name: string, value: string): boolean {
  if (secretName.test(name)) return value.length >= 4 && !/^\d{1,9}$/.test(value)
  return phoneName.test(name) && value.replace(/\D/g, '').length >= 6 && value.length <= 40
}

/** Two keys may look alike once they are masked. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let number = 2; ; number++) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`
}

/**
 * The last end of a plain word: nothing that is masked goes on across the gap behind one. Scripts without gaps show only
 * when they are whole.
 */
function boundaryIn(text: string): number {
  for (let at = text.length - 1; at > 0; at--) {
    if (!/\s/.test(text[at] ?? '')) continue
    if (/[\p{Ll}\p{Lo}][.,;:!?)]?$/u.test(text.slice(Math.max(0, at - 3), at))) return at
  }
  return 0
}
