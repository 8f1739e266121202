import type { Json } from '@/engine/json'
import type { Message } from '@/engine/model/types'
import { validateJson } from '@/engine/schema/json-schema'

export type OutputCheck = { ok: true; data: Json } | { ok: false; problems: string[] }

/** Reads the JSON in an answer and checks it. */
export function checkOutput(schema: Json, text: string): OutputCheck {
  const found = findJson(text)
  if (found === undefined) return { ok: false, problems: ['The answer contains no valid JSON.'] }
  const problems = validateJson(schema, found.value).map(({ path, message }) => `${path || 'The value'} ${message}`)
  return problems.length === 0 ? { ok: true, data: found.value } : { ok: false, problems }
}

/** Asks the model for the same answer again, mended. */
export function repairMessage(problems: readonly string[]): Message {
  const list = problems.map((problem) => `- ${problem}`).join('\n')
  const content = `Your answer doesn't fit what was asked for:\n${list}\nAnswer again with the corrected JSON and nothing else.`
  return { role: 'user', content }
}

type Found = { value: Json }

function tryParse(text: string): Found | undefined {
  try {
    return { value: JSON.parse(text) as Json }
  } catch {
    return undefined
  }
}

/** The whole text, else a fenced block, else the first thing that looks like an object or a list and parses. */
export function findJson(text: string): Found | undefined {
  const whole = tryParse(text.trim())
  if (whole) return whole
  for (const block of fencedBlocks(text)) {
    const parsed = tryParse(block.trim())
    if (parsed) return parsed
  }
  return embeddedJson(text)
}

function* fencedBlocks(text: string): Generator<string> {
  let open = text.indexOf('```')
  while (open >= 0) {
    const line = text.indexOf('\n', open)
    const close = line < 0 ? -1 : text.indexOf('```', line)
    if (close < 0) return
    yield text.slice(line + 1, close)
    open = text.indexOf('```', close + 3)
  }
}

/** A text full of brackets must not be scanned once for each of them. */
const embeddedAttempts = 20

function embeddedJson(text: string): Found | undefined {
  let from = 0
  for (let attempts = 0; attempts < embeddedAttempts; attempts += 1) {
    const start = text.slice(from).search(/[[{]/)
    if (start < 0) return undefined
    const end = closingOf(text, from + start)
    const parsed = end < 0 ? undefined : tryParse(text.slice(from + start, end + 1))
    if (parsed) return parsed
    from += start + 1
  }
  return undefined
}

function closingOf(text: string, start: number): number {
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]
    if (quoted) {
      if (char === '\\') at += 1
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}
