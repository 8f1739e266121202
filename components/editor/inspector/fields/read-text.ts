import { checkJson } from '@/engine/graph/check-json'
import type { Json } from '@/engine/json'
import type { Reading } from '../drafts'

type Limits = { whole: boolean; min?: number; max?: number }

/** A number as people write it. An empty field means that there is none. */
export function readNumber(text: string, { whole, min, max }: Limits): Reading {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: undefined }
  const value = Number(trimmed.replace(',', '.'))
  if (!Number.isFinite(value)) return { ok: false, sentence: `“${trimmed}” is no number.` }
  if (whole && !Number.isInteger(value)) return { ok: false, sentence: 'This must be a whole number.' }
  if (min !== undefined && value < min) return { ok: false, sentence: `This must be at least ${min}.` }
  if (max !== undefined && value > max) return { ok: false, sentence: `This must be at most ${max}.` }
  return { ok: true, value }
}

export const printNumber = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** JSON as text; what can't be read stays in the field with a sentence. */
export function readJson(text: string): Reading {
  if (text.trim() === '') return { ok: true, value: undefined }
  try {
    const checked = checkJson(JSON.parse(text))
    if (!checked.ok) return { ok: false, sentence: checked.problems[0]?.message ?? 'This is no JSON.' }
    return { ok: true, value: checked.value as Json }
  } catch (error) {
    return { ok: false, sentence: `This is no JSON yet${placeIn(text, error)}. What you typed is kept here.` }
  }
}

export const printJson = (value: Json | undefined): string =>
  value === undefined ? '' : JSON.stringify(value, null, 2)

/** Browsers word it differently; the place is what helps. */
function placeIn(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const line = /line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return ` (line ${line})`
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined) return ''
  return ` (line ${text.slice(0, Number(position)).split('\n').length})`
}

/** A number, or else text with references that makes one. */
export function readNumberOrText(text: string): Reading {
  if (text.trim() === '') return { ok: true, value: undefined }
  const value = Number(text)
  return { ok: true, value: Number.isFinite(value) ? value : text }
}

/** Data where it reads as data, text where it doesn't: `5`, `true`, `{"a": 1}`, `{{ write.text }}`. */
export function readLoose(text: string): Reading {
  if (text === '') return { ok: true, value: undefined }
  try {
    const checked = checkJson(JSON.parse(text))
    if (checked.ok) return { ok: true, value: checked.value as Json }
  } catch {
    // Words, then.
  }
  return { ok: true, value: text }
}

/** Text that would read as something else is quoted, so that it comes back as it was. */
export function printLoose(value: Json | undefined): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return JSON.stringify(value, null, 2)
  const back = readLoose(value)
  return value !== '' && back.ok && back.value === value ? value : JSON.stringify(value)
}
