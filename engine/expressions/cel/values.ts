import { isJsonObject, type Json, own } from '@/engine/json'
import { failed, spend, type Work } from './work'

export function kindOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'a boolean'
    default:
      return 'an object'
  }
}

/** What is missing is null, and so is everything below it. */
export function read(base: Json, key: Json): Json {
  if (Array.isArray(base)) return typeof key === 'number' && key >= 0 ? (base[key] ?? null) : null
  if (typeof base !== 'object' || base === null || key === null || typeof key === 'object') return null
  return own(base as { readonly [key: string]: Json }, String(key)) ?? null
}

export function hasKey(base: Json, key: Json): boolean {
  if (Array.isArray(base)) return typeof key === 'number' && Object.hasOwn(base, key)
  if (typeof base !== 'object' || base === null || key === null || typeof key === 'object') return false
  return Object.hasOwn(base, String(key))
}

/** Logic has two values: null counts as false, anything else that isn't true or false is a mistake worth hearing of. */
export function truth(value: Json, place: string): boolean {
  if (typeof value === 'boolean') return value
  if (value === null) return false
  throw failed(`${place} needs true or false, but got ${kindOf(value)}.`)
}

/** JSON knows no infinity: a division by zero has no value. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

export function equal(left: Json, right: Json, work: Work): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  spend(work, 1)
  if (Array.isArray(left)) return Array.isArray(right) && equalLists(left, right, work)
  if (Array.isArray(right)) return false
  const [a, b] = [left as { readonly [key: string]: Json }, right as { readonly [key: string]: Json }]
  const keys = Object.keys(a)
  spend(work, keys.length)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key] ?? null, b[key] ?? null, work))
  )
}

function equalLists(left: readonly Json[], right: readonly Json[], work: Work): boolean {
  if (left.length !== right.length) return false
  spend(work, left.length)
  return left.every((item, index) => equal(item, right[index] ?? null, work))
}

/** Results can share parts so that a small value prints as a huge text: what was built by an expression is weighed. */
export function weigh(value: Json, work: Work): void {
  spend(work, typeof value === 'string' ? 1 + value.length / 1_000 : 1)
  if (Array.isArray(value)) for (const item of value) weigh(item, work)
  else if (isJsonObject(value)) for (const item of Object.values(value)) weigh(item, work)
}
