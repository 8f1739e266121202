import { hash } from 'node:crypto'
import type { Json } from '@/engine/json'
import { isInline, makeRef, type Ref } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import type { Send } from './append'

/** What a run has to say to the disk. */
export type Unwritten = {
  events: RunEvent[]
  payloads: Map<string, string>
  /** Commands that these events answer. */
  taken: number[]
  /** What other runs are to be told because of these events. */
  sends: Send[]
}

export const nothingUnwritten = (): Unwritten => ({ events: [], payloads: new Map(), taken: [], sends: [] })

/** 192 bits: nobody finds two values with the same one. */
export const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 32)

export function keepValue(holder: { values: Map<string, Json>; unwritten: Unwritten }, value: Json): Ref {
  const { ref, text } = makeRef(value, digest)
  if (!isInline(ref) && !holder.values.has(ref.hash)) {
    holder.values.set(ref.hash, value)
    holder.unwritten.payloads.set(ref.hash, text)
  }
  return ref
}
