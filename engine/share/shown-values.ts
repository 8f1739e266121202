import { isJsonObject, type Json, type JsonObject } from '../json'
import { previewLimit } from '../payload'
import type { WireRef } from '../run/wire'
import { createMask, type Mask } from './mask'
import type { Known } from './mask/exact'
import { namesIn } from './mask/names'

/** A text this long that is repeated word for word was copied; a shorter one may be what everybody calls the thing. */
const longText = 80
const mostLongTexts = 100
/** A value that is one of these texts and nothing else was passed on. */
const shortText = 6

const label = 'not shared'

export type ShownValues = {
  mask: () => Mask
  text: (text: string) => string
  /** Keeps a value under a key of its own. Asked again with the same `same`, it is the same one. */
  refTo: (same: string, make: () => Json) => WireRef
  /** From now on this is not seen, wherever it is passed on: the value whole, its texts word for word, its names. */
  withhold: (hash: string, value: Json) => void
  isWithheld: (hash: string) => boolean
  values: ReadonlyMap<string, Json>
}

export function showValues(known: readonly Known[], patterns: boolean): ShownValues {
  const values = new Map<string, Json>()
  const refs = new Map<string, WireRef>()
  const hashes = new Set<string>()
  const texts = new Set<string>()
  const long: Known[] = []
  const names = new Set<string>()
  const maskOf = (texts: readonly Known[]) => createMask({ known: texts, patterns, names: { words: names, label } })
  let mask = maskOf(known)

  const withoutTexts = (value: Json): Json => {
    if (typeof value === 'string') return texts.has(value) ? `[${label}]` : value
    if (Array.isArray(value)) return (value as readonly Json[]).map(withoutTexts)
    if (!isJsonObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutTexts(inner)]))
  }

  return {
    mask: () => mask,
    text: (text) => (texts.has(text) ? `[${label}]` : mask.text(text)),
    refTo: (same, make) => {
      const before = refs.get(same)
      if (before) return before
      const value = mask.value(texts.size === 0 ? make() : withoutTexts(make()))
      const key = `v${refs.size + 1}`
      const ref = refOf(key, value)
      refs.set(same, ref)
      values.set(key, value)
      return ref
    },
    withhold: (hash, value) => {
      const leaves = textsIn(value)
      if (JSON.stringify(value).length > shortText) hashes.add(hash)
      const fresh = leaves.filter((text) => text.length >= longText && !texts.has(text))
      for (const text of leaves) {
        if (text.length >= shortText) texts.add(text)
        for (const name of namesIn(text)) names.add(name)
      }
      if (fresh.length === 0 || long.length >= mostLongTexts) return
      long.push(...fresh.slice(0, mostLongTexts - long.length).map((text) => ({ text, label })))
      mask = maskOf([...known, ...long])
    },
    isWithheld: (hash) => hashes.has(hash),
    values,
  }
}

function refOf(hash: string, value: Json): WireRef {
  const json = JSON.stringify(value)
  const text = typeof value === 'string' ? value : json
  return { hash, size: json.length, preview: text.slice(0, previewLimit) }
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn)
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : []
}

/** What a call used up stands in many answers. Its place stays, because readers know an answer by it. */
export function withoutUsage(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutUsage)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'usage' && isTally(inner) ? {} : withoutUsage(inner)]),
  )
}

const isTally = (value: Json): value is JsonObject => isJsonObject(value) && typeof value.inputTokens === 'number'
