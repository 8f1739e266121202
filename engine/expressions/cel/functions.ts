import type { Json } from '@/engine/json'
import { matchesPattern } from './patterns'
import { finite, kindOf } from './values'
import { failed, spend, type Work } from './work'

/** `absent` is what comes of a null receiver: questions answer false, everything else stays null. */
export type CelFunction = {
  counts: readonly number[]
  absent: null | false
  apply(values: readonly Json[], work: Work): Json
}

const textOf = (value: Json | undefined, name: string): string => {
  if (typeof value === 'string') return value
  throw failed(`${name}() works on text, but got ${kindOf(value ?? null)}.`)
}

const indexOf = (value: Json | undefined, name: string): number => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw failed(`${name}() needs a whole number from 0 as position, but got ${kindOf(value ?? null)}.`)
}

const question = (name: string, ask: (text: string, part: string, work: Work) => boolean): CelFunction => ({
  counts: [1],
  absent: false,
  apply(values, work) {
    const [text, part] = [textOf(values[0], name), textOf(values[1], name)]
    spend(work, 1 + text.length / 32)
    return ask(text, part, work)
  },
})

const change = (
  name: string,
  counts: readonly number[],
  apply: (text: string, rest: readonly Json[], work: Work) => Json,
): CelFunction => ({
  counts,
  absent: null,
  apply(values, work) {
    const text = textOf(values[0], name)
    spend(work, 1 + text.length / 16)
    return apply(text, values.slice(1), work)
  },
})

const ascii = (text: string, pattern: RegExp, shift: number) =>
  text.replace(pattern, (letter) => String.fromCharCode(letter.charCodeAt(0) + shift))

function sizeOf(value: Json | undefined, work: Work): Json {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.length
  if (typeof value === 'object') return Object.keys(value).length
  if (typeof value !== 'string') throw failed(`size() counts a text, list or object, but got ${kindOf(value)}.`)
  spend(work, value.length / 8)
  let count = 0
  for (const _ of value) count += 1
  return count
}

function join(values: readonly Json[], work: Work): Json {
  const list = values[0] ?? null
  if (!Array.isArray(list)) throw failed(`join() works on a list, but got ${kindOf(list)}.`)
  const separator = values.length > 1 ? textOf(values[1], 'join') : ''
  for (const item of list) spend(work, 1 + (textOf(item, 'join').length + separator.length) / 16)
  return list.join(separator)
}

function replace(text: string, [from, to]: readonly Json[], work: Work): Json {
  const pieces = text.split(textOf(from, 'replace'))
  const filling = textOf(to, 'replace')
  spend(work, pieces.length + (pieces.length * filling.length) / 16)
  return pieces.join(filling)
}

function split(text: string, [separator, limit]: readonly Json[], work: Work): Json {
  const pieces = text.split(textOf(separator, 'split'), limit === undefined ? undefined : indexOf(limit, 'split'))
  spend(work, pieces.length)
  return pieces
}

export const methods: ReadonlyMap<string, CelFunction> = new Map([
  ['contains', question('contains', (text, part) => text.includes(part))],
  ['startsWith', question('startsWith', (text, part) => text.startsWith(part))],
  ['endsWith', question('endsWith', (text, part) => text.endsWith(part))],
  ['matches', question('matches', matchesPattern)],
  ['size', { counts: [0], absent: null, apply: ([value], work) => sizeOf(value, work) }],
  ['lowerAscii', change('lowerAscii', [0], (text) => ascii(text, /[A-Z]/g, 32))],
  ['upperAscii', change('upperAscii', [0], (text) => ascii(text, /[a-z]/g, -32))],
  ['trim', change('trim', [0], (text) => text.trim())],
  [
    'indexOf',
    change('indexOf', [1, 2], (text, [part, from]) =>
      text.indexOf(textOf(part, 'indexOf'), from === undefined ? 0 : indexOf(from, 'indexOf')),
    ),
  ],
  [
    'lastIndexOf',
    change('lastIndexOf', [1, 2], (text, [part, from], work) => {
      const wanted = textOf(part, 'lastIndexOf')
      // It is searched from every place anew: 6 s for 100,000 characters in 200,000.
      spend(work, (Math.max(0, text.length - wanted.length) * wanted.length) / 128)
      return text.lastIndexOf(wanted, from === undefined ? undefined : indexOf(from, 'lastIndexOf'))
    }),
  ],
  [
    'substring',
    change('substring', [1, 2], (text, [from, to]) =>
      text.slice(indexOf(from, 'substring'), to === undefined ? undefined : indexOf(to, 'substring')),
    ),
  ],
  ['split', change('split', [1, 2], split)],
  ['replace', change('replace', [2], replace)],
  ['join', { counts: [0, 1], absent: null, apply: join }],
])

function toNumber(value: Json | undefined, name: string): Json {
  if (typeof value === 'number') return value
  const number = typeof value === 'string' && value.trim() !== '' ? finite(Number(value)) : null
  if (number === null) throw failed(`${name}() cannot read ${kindOf(value ?? null)} as a number.`)
  return number
}

function toText(value: Json | undefined): Json {
  if (typeof value === 'object') throw failed(`string() cannot turn ${kindOf(value)} into text.`)
  return String(value)
}

function toBoolean(value: Json | undefined): Json {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'false') return value === 'true'
  throw failed(`bool() cannot read ${kindOf(value ?? null)} as true or false.`)
}

export const functions: ReadonlyMap<string, CelFunction> = new Map([
  ['size', { counts: [1], absent: null, apply: ([value], work) => sizeOf(value, work) }],
  ['string', { counts: [1], absent: null, apply: ([value]) => toText(value) }],
  ['int', { counts: [1], absent: null, apply: ([value]) => Math.trunc(Number(toNumber(value, 'int'))) }],
  ['double', { counts: [1], absent: null, apply: ([value]) => toNumber(value, 'double') }],
  ['bool', { counts: [1], absent: null, apply: ([value]) => toBoolean(value) }],
  ['dyn', { counts: [1], absent: null, apply: ([value]) => value ?? null }],
])
