import type { Problem } from '@/engine/plan/plan'

export const depthLimit = 64
const valueLimit = 300_000
/** Also because zod takes half a second to speak of 100,000 unknown keys. */
const keyLimit = 5_000
const complaintLimit = 50

/** Places are linked backwards: a copied path for each of 300,000 values would take half a second. */
type Place = { key: string | number; above: Place | null; depth: number }
type Visit = { value: unknown; place: Place | null }

export type CheckedJson = { ok: true; value: unknown } | { ok: false; problems: readonly Problem[] }

/**
 * Is this plain JSON that is safe to walk recursively? Goes without recursion itself: the value may be 100,000 deep.
 * Values that code made (not a parser) are checked too: no dates, functions, undefined or endless numbers.
 */
export function checkJson(value: unknown): CheckedJson {
  const problems: Problem[] = []
  let hasNegativeZero = false
  const open: Visit[] = [{ value, place: null }]
  let seen = 0
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    seen += 1
    if ((visit.place?.depth ?? 0) > depthLimit) return { ok: false, problems: [tooDeep()] }
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

function checkValue({ value, place }: Visit, open: Visit[], problems: Problem[]) {
  if (value === null || typeof value === 'boolean') return
  const complain = (code: string, why: string) => {
    const path = pathTo(place)
    problems.push(problem(code, path, `${placeOf(path)} ${why}`))
  }
  if (typeof value === 'string') {
    const wrong = wrongText(value)
    if (wrong !== null) complain('bad_text', `${wrong}; remove it.`)
    return
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) complain('bad_value', 'must be a finite number.')
    return
  }
  const depth = (place?.depth ?? 0) + 1
  if (Array.isArray(value)) {
    for (let key = 0; key < value.length; key += 1)
      open.push({ value: value[key], place: { key, above: place, depth } })
  } else if (isPlainObject(value)) {
    if (Object.keys(value).length > keyLimit)
      return complain('too_large', `has more than ${keyLimit} fields; split it.`)
    for (const [key, inner] of Object.entries(value)) {
      checkKey(key, complain)
      open.push({ value: inner, place: { key, above: place, depth } })
    }
  } else complain('bad_value', 'is not a JSON value.')
}

function checkKey(key: string, complain: (code: string, why: string) => void): void {
  if (key === '__proto__') complain('bad_key', 'has the key `__proto__`, which is not allowed; remove it.')
  const wrong = wrongText(key)
  if (wrong !== null) complain('bad_key', `has a key that ${wrong}; rename it.`)
}

function pathTo(place: Place | null): (string | number)[] {
  const path: (string | number)[] = []
  for (let here = place; here !== null; here = here.above) path.push(here.key)
  return path.reverse()
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
