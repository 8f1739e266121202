import type { Problem } from '@/engine/plan/plan'

export const depthLimit = 64
const valueLimit = 500_000
const complaintLimit = 50

type Visit = { value: unknown; path: readonly (string | number)[] }

export type CheckedJson = { ok: true; value: unknown } | { ok: false; problems: readonly Problem[] }

/**
 * Is this plain JSON that is safe to walk recursively? Goes without recursion itself: the value may be 100,000 deep.
 * Values that code made (not a parser) are checked too: no dates, functions, undefined or endless numbers.
 */
export function checkJson(value: unknown): CheckedJson {
  const problems: Problem[] = []
  let hasNegativeZero = false
  const open: Visit[] = [{ value, path: [] }]
  let seen = 0
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    seen += 1
    if (visit.path.length > depthLimit) return { ok: false, problems: [tooDeep()] }
    if (seen > valueLimit) return { ok: false, problems: [tooLarge()] }
    if (problems.length >= complaintLimit) break
    if (Object.is(visit.value, -0)) hasNegativeZero = true
    checkValue(visit, open, problems)
  }
  if (problems.length > 0) return { ok: false, problems }
  // JSON text has no -0, so a graph with one would not come back as it went.
  return { ok: true, value: hasNegativeZero ? JSON.parse(JSON.stringify(value)) : value }
}

const tooLarge = (): Problem => problem('too_large', [], `The graph holds more than ${valueLimit} values; split it.`)

export const tooDeep = (): Problem =>
  problem('too_deep', [], `The graph is nested more than ${depthLimit} levels deep; flatten it.`)

function checkValue({ value, path }: Visit, open: Visit[], problems: Problem[]): void {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'string') {
    const wrong = wrongText(value)
    if (wrong !== null) problems.push(problem('bad_text', path, `${placeOf(path)} ${wrong}; remove it.`))
    return
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) problems.push(problem('bad_value', path, `${placeOf(path)} must be a finite number.`))
    return
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) open.push({ value: value[index], path: [...path, index] })
    return
  }
  if (!isPlainObject(value)) {
    problems.push(problem('bad_value', path, `${placeOf(path)} is not a JSON value.`))
    return
  }
  for (const key of Object.keys(value)) checkKey(key, path, problems)
  for (const [key, inner] of Object.entries(value)) open.push({ value: inner, path: [...path, key] })
}

function checkKey(key: string, path: readonly (string | number)[], problems: Problem[]): void {
  if (key === '__proto__') {
    problems.push(
      problem('bad_key', path, `${placeOf(path)} has the key \`__proto__\`, which is not allowed; remove it.`),
    )
  }
  const wrong = wrongText(key)
  if (wrong !== null) problems.push(problem('bad_key', path, `A key in ${placeOf(path)} ${wrong}; rename it.`))
}

/** Neither can be stored: half of a surrogate pair is no Unicode text, and PostgreSQL keeps no NUL. */
function wrongText(text: string): string | null {
  if (!text.isWellFormed()) return 'holds a lone surrogate (half a character)'
  return text.includes('\u0000') ? 'holds a NUL character' : null
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const proto: unknown = Object.getPrototypeOf(value)
  return proto === Object.prototype || proto === null
}

/** `nodes[2].config.prompt`; keys that are no plain words are quoted. */
export function formatPlace(path: readonly PropertyKey[]): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[A-Za-z_$][\w$-]{0,80}$/.test(String(part))) text += text === '' ? String(part) : `.${String(part)}`
    else text += `[${JSON.stringify(String(part).slice(0, 80))}]`
  }
  return text
}

/** For the beginning of a sentence. */
export const placeOf = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'The graph' : formatPlace(path))

function problem(code: string, path: readonly (string | number)[], message: string): Problem {
  return { code, severity: 'error', ...(path.length === 0 ? {} : { path: formatPlace(path) }), message }
}
