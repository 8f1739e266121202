import { isJsonObject, type Json, own } from '@/engine/json'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { describeValue } from './describe-value'
import type { EditorLanguage } from './tokens'
import { celFunctions, celMethods, liquidFilters } from './words'

export type Completion = {
  label: string
  kind: 'name' | 'field' | 'item' | 'filter' | 'function'
  /** Where it comes from, in words. */
  about: string
  /** What it was in the last run. */
  preview: string
  /** There is more below it. */
  opens: boolean
}

/** Texts to choose from, and the piece of the text (`from` to `to`) that the chosen one replaces. */
export type Offer = { from: number; to: number; typed: string; items: readonly Completion[] }

type Names = { upstream: readonly UpstreamValue[]; language: EditorLanguage }

const most = 60

/** What could be meant at the caret; null where no name is expected. */
export function completionsAt(text: string, caret: number, { upstream, language }: Names): Offer | null {
  const before = text.slice(0, caret)
  const here = expressionBefore(before, language)
  if (here === null || isInQuotes(here)) return null
  const typed = /[A-Za-z_]?\w*$/.exec(here)?.[0] ?? ''
  const head = here.slice(0, here.length - typed.length)
  const items = candidates(head, { upstream, language })
  const found = fitting(items, typed).slice(0, most)
  const rest = /^\w*/.exec(text.slice(caret))?.[0] ?? ''
  if (found.length === 0 || (found.length === 1 && found[0]?.label === typed + rest)) return null
  // A number is being written, and not a name.
  if (/^\d/.test(typed) && !head.endsWith('[')) return null
  return { from: caret - typed.length, to: caret + rest.length, typed, items: found }
}

/** The part of the text that the caret is in, as far as it is an expression. */
function expressionBefore(before: string, language: EditorLanguage): string | null {
  if (language === 'condition' || language === 'value' || language === 'code') return before
  if (language !== 'text' && language !== 'structure') return null
  const open = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'))
  if (open < 0) return null
  const inside = before.slice(open + 2)
  return inside.includes('}}') || inside.includes('%}') ? null : inside.replace(/^-/, ' ')
}

function isInQuotes(expression: string): boolean {
  let quote = ''
  for (let at = 0; at < expression.length; at += 1) {
    const letter = expression[at] ?? ''
    if (quote !== '' && letter === '\\') at += 1
    else if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
  }
  return quote !== ''
}

function candidates(head: string, names: Names): readonly Completion[] {
  const isTemplate = names.language === 'text' || names.language === 'structure'
  if (isTemplate && /\|\s*$/.test(head)) return liquidFilters
  const chain = /([A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\]|\["[^"\]]*"\])*)([.[])$/.exec(head)
  if (chain?.[1] !== undefined) return inside(chain[1], chain[2] ?? '.', names)
  if (/[.\w\])"']$/.test(head)) return []
  const roots = names.upstream.map(nameOf)
  if (isTemplate || names.language === 'code') return roots
  return [...roots, ...celFunctions]
}

function inside(chain: string, opener: string, { upstream, language }: Names): readonly Completion[] {
  const [root = '', ...path] = chain.split(/\.|\[|\]\.?/).filter((part) => part !== '')
  const source = upstream.find(({ name }) => name === root)
  const value = path.reduce<Json | undefined>((above, key) => below(above, key.replaceAll('"', '')), source?.value)
  if (opener === '[') return itemsOf(value)
  const declared = path.length === 0 ? (source?.fields ?? []) : []
  const keys =
    value !== undefined && isJsonObject(value) ? Object.keys(value).filter((key) => /^[A-Za-z_]\w*$/.test(key)) : []
  const fields = [...new Set([...declared, ...keys])].map((key): Completion => {
    const field = below(value, key)
    return { label: key, kind: 'field', about: `of ${chain}`, preview: describeValue(field), opens: isOpen(field) }
  })
  return language === 'condition' || language === 'value' ? [...fields, ...celMethods] : fields
}

function below(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[])[Number(key)]
  return value !== undefined && isJsonObject(value) ? own(value, key) : undefined
}

const itemsOf = (value: Json | undefined): readonly Completion[] =>
  Array.isArray(value)
    ? value.slice(0, most).map((item: Json, index) => ({
        label: String(index),
        kind: 'item',
        about: `item ${index + 1}`,
        preview: describeValue(item),
        opens: isOpen(item),
      }))
    : []

const isOpen = (value: Json | undefined): boolean => typeof value === 'object' && value !== null

function nameOf({ name, from, fields, value }: UpstreamValue): Completion {
  const opens = isOpen(value) || (fields !== null && fields.length > 0)
  return { label: name, kind: 'name', about: sourceOf(from), preview: describeValue(value), opens }
}

export function sourceOf(from: UpstreamValue['from']): string {
  switch (from.type) {
    case 'node':
      return from.title
    case 'arrives':
      return 'what arrives'
    case 'bound':
      return `bound by ${from.box}`
    case 'box':
      return 'the box around'
    case 'result':
      return 'the result so far'
  }
}

/** What begins with the word first, then what holds it. */
function fitting(items: readonly Completion[], typed: string): readonly Completion[] {
  const word = typed.toLowerCase()
  const begins = items.filter(({ label }) => label.toLowerCase().startsWith(word))
  const holds = items.filter((item) => !begins.includes(item) && item.label.toLowerCase().includes(word))
  return word === '' ? items : [...begins, ...holds]
}

/** The text with the chosen completion in it, and where the caret goes. */
export function complete(text: string, offer: Offer, chosen: Completion, language: EditorLanguage) {
  const before = text.slice(0, offer.from)
  const after = text.slice(offer.to)
  const isTemplate = language === 'text' || language === 'structure'
  const gap = isTemplate && before.endsWith('{{') ? ' ' : ''
  const bracket = chosen.kind === 'item' && !after.startsWith(']') ? ']' : ''
  const call = chosen.kind === 'function' && !after.startsWith('(') ? '()' : ''
  const word = `${gap}${chosen.label}${bracket}${call}`
  const closing = isTemplate && isOpenOutput(before, after) ? ' }}' : ''
  const end = before.length + word.length
  // What has fields is probably gone on with; everything else is done.
  const caret = chosen.opens || chosen.kind === 'filter' ? end - call.length / 2 : end + closing.length
  return { text: before + word + closing + after, caret }
}

function isOpenOutput(before: string, after: string): boolean {
  if (before.lastIndexOf('{%') > before.lastIndexOf('{{')) return false
  const close = after.indexOf('}}')
  const next = after.indexOf('{{')
  return close < 0 || (next >= 0 && next < close)
}
