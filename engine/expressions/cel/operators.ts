import type { BinaryOperator } from '@marcbachmann/cel-js'
import type { Json } from '@/engine/json'
import { equal, finite, hasKey, kindOf } from './values'
import { failed, spend, type Work } from './work'

export type Operator = (left: Json, right: Json, work: Work) => Json

const mismatch = (verb: string, left: Json, right: Json, hint = '') =>
  failed(`The condition cannot ${verb} ${kindOf(left)} and ${kindOf(right)}${hint}.`)

const arithmetic =
  (verb: string, calculate: (left: number, right: number) => number): Operator =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return finite(calculate(left, right))
    if (left === null || right === null) return null
    throw mismatch(verb, left, right)
  }

const add: Operator = (left, right, work) => {
  if (typeof left === 'number' && typeof right === 'number') return finite(left + right)
  if (left === null || right === null) return null
  if (typeof left === 'string' && typeof right === 'string') {
    spend(work, (left.length + right.length) / 16)
    return left + right
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    spend(work, left.length + right.length)
    return [...left, ...right]
  }
  const text = typeof left === 'string' || typeof right === 'string'
  throw mismatch('add', left, right, text ? '; string(…) turns a number into text' : '')
}

const comparison =
  (holds: (order: number) => boolean): Operator =>
  (left, right) => {
    if (left === null || right === null) return false
    if (typeof left !== typeof right || typeof left === 'object') throw mismatch('compare', left, right)
    return holds(left < right ? -1 : left === right ? 0 : 1)
  }

const contained: Operator = (item, container, work) => {
  if (container === null) return false
  if (Array.isArray(container)) {
    spend(work, container.length)
    return container.some((candidate: Json) => equal(candidate, item, work))
  }
  if (typeof container === 'object') return hasKey(container, item)
  throw failed(`"in" looks into a list or an object, but got ${kindOf(container)}; text.contains(…) looks into a text.`)
}

export const operators: { readonly [operator in BinaryOperator]: Operator } = {
  '==': (left, right, work) => equal(left, right, work),
  '!=': (left, right, work) => !equal(left, right, work),
  '<': comparison((order) => order < 0),
  '<=': comparison((order) => order <= 0),
  '>': comparison((order) => order > 0),
  '>=': comparison((order) => order >= 0),
  '+': add,
  '-': arithmetic('subtract', (left, right) => left - right),
  '*': arithmetic('multiply', (left, right) => left * right),
  '/': arithmetic('divide', (left, right) => left / right),
  '%': arithmetic('divide', (left, right) => left % right),
  in: contained,
}
