import { compilePattern } from '@/engine/schema/schema-rules'
import type { Chance } from '@/server/models/simulated/chance'

type Limits = { least: number; most: number; chance: Chance }
type Reader = { source: string; at: number; chance: Chance; repeats: number; work: number }

/** `((^*)*)*` repeats nothing very often. */
const workLimit = 5_000

/**
 * Text that matches a plain pattern: literals, classes, groups, alternatives and counts, which is what people write in
 * schemas. Null where a try doesn't match or fit.
 */
export function matchingText(pattern: string, { least, most, chance }: Limits): string | null {
  const compiled = compilePattern(pattern)
  if (compiled === null) return null
  for (let repeats = 1; repeats <= Math.max(24, least); repeats += repeats < 8 ? 1 : 8) {
    const text = alternatives({ source: pattern, at: 0, chance, repeats, work: 0 })
    const length = [...text].length
    if (length >= least && length <= most && compiled.matcher(text).find()) return text
  }
  return null
}

function alternatives(reader: Reader): string {
  const branches: string[] = [sequence(reader)]
  while (reader.source[reader.at] === '|') {
    reader.at += 1
    branches.push(sequence(reader))
  }
  const [first = '', ...rest] = branches
  return reader.chance.pick([first, ...rest])
}

function sequence(reader: Reader): string {
  let text = ''
  while (reader.at < reader.source.length && reader.source[reader.at] !== '|' && reader.source[reader.at] !== ')') {
    const start = reader.at
    const piece = atom(reader)
    const end = reader.at
    const count = quantity(reader)
    const after = reader.at
    text += count > 0 ? piece : ''
    for (let n = 1; n < count && text.length < 2_000 && reader.work < workLimit; n += 1) {
      reader.at = start
      text += atom(reader)
      if (reader.at !== end) break
    }
    reader.at = after
  }
  return text
}

/** How often the last piece is repeated: as rarely as allowed, growing with each try. */
function quantity(reader: Reader): number {
  const rest = reader.source.slice(reader.at)
  const counted = rest.match(/^\{(\d+)(,(\d*))?\}/)
  if (counted) {
    reader.at += counted[0].length
    const low = Number(counted[1])
    const high = counted[2] === undefined ? low : counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY
    return Math.min(high, Math.max(low, reader.repeats))
  }
  const sign = rest[0]
  if (sign !== '*' && sign !== '+' && sign !== '?') return 1
  reader.at += rest[1] === '?' ? 2 : 1
  return sign === '?' ? 1 : reader.repeats
}

function atom(reader: Reader): string {
  const char = reader.source[reader.at] ?? ''
  reader.at += 1
  reader.work += 1
  if (char === '^' || char === '$') return ''
  if (char === '.') return 'a'
  if (char === '[') return fromClass(reader)
  if (char === '\\') return escaped(reader)
  if (char !== '(') return char
  const opening = reader.source.slice(reader.at).match(/^\?(?::|P?<\w+>)/)
  if (opening) reader.at += opening[0].length
  const inner = alternatives(reader)
  if (reader.source[reader.at] === ')') reader.at += 1
  return inner
}

const classes: Readonly<Record<string, readonly [string, ...string[]]>> = {
  d: ['1', '2', '3', '4', '7'],
  w: ['a', 'b', 'k', 'm'],
  s: [' '],
  b: [''],
  n: ['\n'],
  t: ['\t'],
}

function escaped(reader: Reader): string {
  const char = reader.source[reader.at] ?? ''
  reader.at += 1
  const options = Object.hasOwn(classes, char) ? classes[char] : undefined
  return options ? reader.chance.pick(options) : char
}

function fromClass(reader: Reader): string {
  const close = reader.source.indexOf(']', reader.at + 1)
  const body = reader.source.slice(reader.at, close < 0 ? undefined : close)
  reader.at = close < 0 ? reader.source.length : close + 1
  if (body.startsWith('^')) return [...'aZ1 _'].find((char) => !body.includes(char)) ?? '~'
  const members = [...body.matchAll(/\\(.)|(.)-(.)|(.)/gsu)].flatMap(([, named, low, high, plain]) => {
    if (named) return [...(Object.hasOwn(classes, named) ? (classes[named] ?? [named]) : [named])]
    if (low && high) return spread(low, high)
    return plain ? [plain] : []
  })
  const [first = 'a', ...rest] = members
  return reader.chance.pick([first, ...rest])
}

function spread(low: string, high: string): string[] {
  const from = low.codePointAt(0) ?? 0
  const to = high.codePointAt(0) ?? from
  return Array.from({ length: Math.min(26, to - from + 1) }, (_, n) => String.fromCodePoint(from + n))
}
