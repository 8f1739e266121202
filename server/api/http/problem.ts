import type { Json } from '@/engine/json'
import type { InputProblem, Refusal, RefusalCode } from '@/server/refusal'

/** Faults of a request that no use case ever sees. */
export type EdgeCode =
  | 'invalid_json'
  | 'invalid_text'
  | 'too_deep'
  | 'too_large'
  | 'too_many_values'
  | 'unsupported_media_type'
  | 'wrong_host'
  | 'wrong_origin'
  | 'method_not_allowed'
  | 'internal'
  | 'password_required'
  | 'wrong_password'

export type ProblemCode = RefusalCode | EdgeCode

/** The one place that says which status a code has. */
export const statusOfCode = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  invalid_input: 422,
  invalid_graph: 422,
  stale_revision: 409,
  name_taken: 409,
  not_published: 409,
  idempotency_conflict: 409,
  already_decided: 409,
  not_waiting: 409,
  wrong_state: 409,
  busy: 503,
  rate_limited: 429,
  unavailable: 503,
  invalid_json: 400,
  invalid_text: 400,
  too_deep: 400,
  too_large: 413,
  too_many_values: 413,
  unsupported_media_type: 415,
  wrong_host: 403,
  wrong_origin: 403,
  method_not_allowed: 405,
  internal: 500,
  password_required: 401,
  wrong_password: 403,
} as const satisfies Record<ProblemCode, number>

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
}

/** `application/problem+json` (RFC 9457). */
export type Problem = {
  type: 'about:blank'
  title: string
  status: number
  code: ProblemCode
  detail: string
  problems?: readonly InputProblem[]
  [extra: string]: unknown
}

type More = { problems?: readonly InputProblem[]; extra?: { readonly [key: string]: Json } }

export function problemOf(code: ProblemCode, detail: string, { problems, extra }: More = {}): Problem {
  const status = statusOfCode[code]
  const about = { type: 'about:blank', title: titles[status] ?? 'Error', status, code, detail } as const
  return { ...extra, ...about, ...(problems === undefined ? {} : { problems }) }
}

export const problemOfRefusal = ({ code, detail, problems, extra }: Refusal): Problem =>
  problemOf(code, detail, {
    ...(problems === undefined ? {} : { problems }),
    ...(extra === undefined ? {} : { extra }),
  })

/** Thrown at the edge, caught in one place. */
export class EdgeError extends Error {
  readonly problem: Problem
  readonly headers: { readonly [name: string]: string }
  constructor(code: ProblemCode, detail: string, more: More & { headers?: { readonly [name: string]: string } } = {}) {
    super(detail)
    this.problem = problemOf(code, detail, more)
    this.headers = more.headers ?? {}
  }
}
