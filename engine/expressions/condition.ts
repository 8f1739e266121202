import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import { compile } from './cel/compile'
import type { Evaluate } from './cel/frame'
import { referencesIn } from './cel/references'
import { buildsValues, ConditionProblem, parseSyntax } from './cel/syntax'
import { kindOf, weigh } from './cel/values'
import { failed, startWork } from './cel/work'
import { distinct, type Reference } from './reference'
import type { Scope } from './scope'

/** A CEL expression with one number type, in which what is missing is null. */
export type Condition = { source: string; references: readonly Reference[]; run: Evaluate; builds: boolean }

export function parseCondition(source: string): { ok: true; condition: Condition } | { ok: false; message: string } {
  try {
    const syntax = parseSyntax(source)
    const references = distinct(referencesIn(syntax, []))
    return { ok: true, condition: { source, references, run: compile(syntax, []), builds: buildsValues(syntax) } }
  } catch (error) {
    if (error instanceof ConditionProblem) return { ok: false, message: error.message }
    throw error
  }
}

export function evaluate(condition: Condition, scope: Scope): Json {
  const work = startWork()
  try {
    const value = condition.run({ scope, slots: [], work })
    if (condition.builds) weigh(value, work)
    return value
  } catch (error) {
    if (error instanceof RangeError) throw failed('The condition goes through data that is nested too deeply.')
    throw error
  }
}

export function evaluateBoolean(condition: Condition, scope: Scope): boolean {
  const value = evaluate(condition, scope)
  if (typeof value === 'boolean') return value
  const given = typeof value === 'number' ? `the number ${value}` : kindOf(value)
  const message = `The condition must be true or false, but ${shorten(condition.source)} gave ${given}.`
  throw new NodeError({ code: 'not_boolean', message })
}

const shorten = (source: string): string => JSON.stringify(source.length > 80 ? `${source.slice(0, 79)}…` : source)
