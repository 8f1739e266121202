import { isUtf8 } from 'node:buffer'
import { maxJsonDepth } from '@/engine/json-depth'
import { EdgeError } from '@/server/api/http/problem'

/** Values in a body. The worst ones (all keys different) take 100 ms to parse; more would hold up everybody else. */
export const maxValues = 120_000

/** The JSON of a body, or an error that says what is wrong with it. Nothing deep or huge is ever built. */
export function readJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new EdgeError('invalid_text', 'The body is not valid UTF-8.')
  measure(bytes)
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new EdgeError('invalid_json', 'The body is not valid JSON.')
  }
  // Only an escape can hide what plain UTF-8 can't say, and only these letters name a prototype.
  if (text.includes('\\u') || text.includes('__proto__')) checkWords(value)
  return value
}

const quote = 34
const backslash = 92

/** Goes over the bytes once: brackets and commas outside of text bound the depth and the number of values. */
function measure(bytes: Buffer): void {
  let depth = 0
  let values = 1
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === quote) at = endOfText(bytes, at)
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1
      values += 1
      if (depth > maxJsonDepth)
        throw new EdgeError('too_deep', `The body is nested more than ${maxJsonDepth} levels deep.`)
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1
    else if (byte === 0x2c) values += 1
    if (values > maxValues) throw new EdgeError('too_many_values', `The body holds more than ${maxValues} values.`)
  }
}

function endOfText(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === backslash) at += 1
    else if (byte === quote) return at
  }
  return bytes.length
}

function checkWords(value: unknown): void {
  if (typeof value === 'string') checkText(value)
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) checkWords(item)
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') throw new EdgeError('invalid_json', 'The key `__proto__` is not allowed.')
    checkText(key)
    checkWords(inner)
  }
}

function checkText(text: string): void {
  if (!text.isWellFormed()) throw new EdgeError('invalid_text', 'The body holds a lone surrogate (half a character).')
  if (text.includes('\u0000'))
    throw new EdgeError('invalid_text', 'The body holds a NUL character, which can not be stored.')
}
