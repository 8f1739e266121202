import { isJsonObject, type Json } from '@/engine/json'
import { isInline, makeRef, type Ref } from '@/engine/payload'
import { numberOf } from '@/engine/testing/random'

/** The payload table: what is too large for an event. */
export type Values = Map<string, Json>

const digest = (text: string): string => `${numberOf(text).toString(36)}-${numberOf(`${text} `).toString(36)}`

export function refOf(values: Values, value: Json): Ref {
  const { ref } = makeRef(value, digest)
  if (!isInline(ref)) values.set(ref.hash, value)
  return ref
}

export function valueAt(values: Values, ref: Ref): Json {
  if (isInline(ref)) return ref.inline
  const value = values.get(ref.hash)
  if (value === undefined) throw new Error(`the value ${ref.hash} is lost`)
  return value
}

/**
 * The same text for the same content. Messages are left out, since they may name whichever of several failures came first;
 * keys are sorted, since what is merged lies in the order in which it came.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const keys = Object.keys(value).filter((key) => key !== 'message')
  return `{${keys
    .sort()
    .map((key) => `${key}:${canonical(value[key] ?? null)}`)
    .join(',')}}`
}
