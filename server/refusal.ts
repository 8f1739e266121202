import type { Json } from '@/engine/json'

export const refusalCodes = [
  'unauthorized',
  'forbidden',
  'not_found',
  'invalid_input',
  'invalid_graph',
  'stale_revision',
  'name_taken',
  'not_published',
  'idempotency_conflict',
  'already_decided',
  'not_waiting',
  'wrong_state',
  'busy',
  'rate_limited',
  'unavailable',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** One thing that is wrong, and where: `path` in what was sent, `nodeId` and `field` in a graph. */
export type InputProblem = {
  code: string
  message: string
  path?: string
  nodeId?: string
  field?: string
  severity?: string
}

/** Why a use case did not do what it was asked. A value, mapped to HTTP in one place. */
export type Refusal = {
  ok: false
  code: RefusalCode
  detail: string
  problems?: readonly InputProblem[]
  /** What the one who asked needs in order to go on, such as the current revision. */
  extra?: { readonly [key: string]: Json }
}

export type Outcome<T> = { ok: true; value: T } | Refusal

export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const refuse = (code: RefusalCode, detail: string, more: Pick<Refusal, 'problems' | 'extra'> = {}): Refusal => ({
  ok: false,
  code,
  detail,
  ...more,
})

export const notFound = (what: string): Refusal => refuse('not_found', `There is no such ${what}.`)
