import type { z } from 'zod'
import { formatPlace, placeOf } from '@/engine/graph/check-json'
import { suggestion } from '@/engine/graph/nearest'
import { isJsonObject, own } from '@/engine/json'
import type { Problem } from '@/engine/plan/plan'

export type Place = readonly (string | number)[]
type Issue = z.core.$ZodIssue

export type IssueContext = {
  /** What was checked; issue paths are relative to it. */
  value: unknown
  /** Where it stands in the document. */
  at: Place
  /** Keys that are allowed at a place below `value`, for suggestions. */
  keysAt: (place: Place) => readonly string[]
  /** `present`: what is missing or empty is passed over, so that a half-finished draft can be saved. */
  wanted: 'everything' | 'present'
  /** What a sentence calls a place below `value`; the whole path when left out. */
  nameOf?: (place: Place) => string
}

type Finding = { code: string; place: Place; message: string }

/** Nobody mends more at once, and a file of garbage must not cost seconds. */
export const problemLimit = 200

/** Turns what zod found into sentences that say how to mend it. */
export function describeIssues(issues: readonly Issue[], context: IssueContext): Problem[] {
  const findings: Finding[] = []
  for (const issue of issues) {
    if (findings.length > problemLimit) break
    findings.push(...describe(issue, context))
  }
  return findings.map(({ code, place, message }) => {
    const path = formatPlace([...context.at, ...place])
    return { code, severity: 'error', ...(path === '' ? {} : { path }), message } as const
  })
}

function describe(issue: Issue, context: IssueContext): Finding[] {
  const place = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
  const value = valueAt(context.value, place)
  const name = nameIn(context, place)
  const finding = (code: string, message: string): Finding[] => [{ code, place, message }]
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, place, context)
  if (value === undefined)
    return context.wanted === 'present' ? [] : finding('missing_value', `${name} is missing; fill it in.`)
  if (issue.code === 'invalid_type')
    return finding('wrong_type', `${name} must be ${typeName(issue.expected)}, not ${typeOf(value)}.`)
  if (issue.code === 'invalid_value')
    return finding('wrong_value', `${name} must be ${oneOf(issue.values)}.${meant(value, issue.values)}`)
  if (issue.code === 'invalid_union') return describeUnion(issue, place, context)
  if (context.wanted === 'present') return []
  if (value === '' || isEmptyList(issue, value)) return finding('missing_value', `${name} is empty; fill it in.`)
  if (issue.code === 'invalid_key') {
    const why = issue.issues[0]
    return finding('wrong_key', `The key of ${name} ${why === undefined ? 'is not allowed' : rule(why)}.`)
  }
  return finding('wrong_value', `${name} ${rule(issue)}.`)
}

const isEmptyList = (issue: Issue, value: unknown): boolean =>
  issue.code === 'too_small' && Array.isArray(value) && value.length === 0

function unknownKeys(keys: readonly string[], place: Place, context: IssueContext): Finding[] {
  const known = context.keysAt(place)
  const name = nameIn(context, place)
  return keys.slice(0, problemLimit + 1).map((key) => {
    const said = `${name} has no field \`${key.slice(0, 80)}\`; remove it or correct its name.`
    return { code: 'unknown_key', place: [...place, key], message: said + suggestion(key.slice(0, 80), known) }
  })
}

const nameIn = (context: IssueContext, place: Place): string =>
  context.nameOf === undefined ? placeOf([...context.at, ...place]) : context.nameOf(place)

type UnionIssue = Extract<Issue, { code: 'invalid_union' }>

/** Of the alternatives, speaks of the one that fits best: the one that has the right type and the fewest faults. */
function describeUnion(issue: UnionIssue, place: Place, context: IssueContext): Finding[] {
  const inner: IssueContext = {
    ...context,
    value: valueAt(context.value, place),
    at: [...context.at, ...place],
    keysAt: (below) => context.keysAt([...place, ...below]),
    nameOf: (below) => nameIn(context, [...place, ...below]),
  }
  const branches = issue.errors.map((found) => ({ found, faults: found.flatMap((fault) => describe(fault, inner)) }))
  if (branches.some(({ faults }) => faults.length === 0) && branches.length > 0) return []
  const fitting = branches.filter(
    ({ found }) => !found.some((fault) => fault.path.length === 0 && fault.code === 'invalid_type'),
  )
  const [best] = fitting.sort((a, b) => a.faults.length - b.faults.length)
  if (best !== undefined) return best.faults.map((fault) => ({ ...fault, place: [...place, ...fault.place] }))
  const name = nameIn(context, place)
  const options = (issue as { options?: readonly unknown[] }).options
  if (options !== undefined) {
    return [{ code: 'wrong_value', place, message: `${name} must be ${oneOf(options)}.${meant(inner.value, options)}` }]
  }
  const types = new Set(
    issue.errors.flat().flatMap((fault) => (fault.code === 'invalid_type' ? [typeName(fault.expected)] : [])),
  )
  return [
    { code: 'wrong_type', place, message: `${name} must be ${[...types].join(' or ')}, not ${typeOf(inner.value)}.` },
  ]
}

function meant(value: unknown, options: readonly unknown[]): string {
  if (typeof value !== 'string') return ''
  const said = suggestion(
    value.slice(0, 80),
    options.filter((option) => typeof option === 'string'),
  )
  return said.startsWith(' Did') ? said : ''
}

const oneOf = (options: readonly unknown[]): string =>
  `${options.length > 1 ? 'one of ' : ''}${options
    .slice(0, 20)
    .map((option) => JSON.stringify(option))
    .join(', ')}`

/** What a rule of the schema asks for, to follow the name of the place. */
function rule(issue: Issue): string {
  if (issue.code === 'too_small')
    return `must ${bound(issue.origin, `at least ${issue.minimum}`, issue.inclusive === false)}`
  if (issue.code === 'too_big')
    return `must ${bound(issue.origin, `at most ${issue.maximum}`, issue.inclusive === false)}`
  if (issue.code === 'not_multiple_of') return `must be a multiple of ${issue.divisor}`
  if (issue.code === 'invalid_format' && !issue.message.startsWith('Invalid')) return issue.message
  if (issue.code === 'invalid_format') return `must be a valid ${issue.format}`
  if (issue.code === 'custom') return lowerFirst(issue.message).replace(/\.$/, '')
  return `is not allowed: ${lowerFirst(issue.message)}`
}

function bound(origin: string, limit: string, exclusive: boolean): string {
  if (origin === 'string') return `have ${limit} characters`
  if (origin === 'array' || origin === 'set') return `have ${limit} items`
  if (origin === 'object' || origin === 'record' || origin === 'map') return `have ${limit} fields`
  return exclusive ? `be ${limit.replace('at least', 'more than').replace('at most', 'less than')}` : `be ${limit}`
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}
const typeName = (expected: string): string => own(typeNames, expected) ?? expected

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a number with a fraction'
  return typeName(typeof value)
}

export function valueAt(value: unknown, place: Place): unknown {
  let here = value
  for (const key of place) {
    if (Array.isArray(here)) here = typeof key === 'number' ? here[key] : undefined
    else here = isJsonObject(here) ? own(here, String(key)) : undefined
  }
  return here
}
