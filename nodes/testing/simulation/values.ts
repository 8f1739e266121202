import type { Json } from '@/engine/json'
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

export function valueOf(values: Values, ref: Ref): Json {
  if (isInline(ref)) return ref.inline
  const value = values.get(ref.hash)
  if (value === undefined) throw new Error(`the value ${ref.hash} is lost`)
  return value
}
