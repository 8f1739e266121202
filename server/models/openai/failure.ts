import { type Failure, NodeError } from '@/engine/failure'
import { isJsonObject, type JsonObject, own } from '@/engine/json'
import { retryAfterMs } from '@/server/models/retry-after'
import type { Connection } from '@/server/models/types'

export type Where = { connection: Connection; model: string }

/** The parts of an SDK error that matter. Read by shape, so that the SDK needn't be loaded to look at one. */
export type HttpError = {
  status: number
  code: string
  type: string
  message: string
  headers: Pick<Headers, 'get'> | null
}

export function asHttpError(error: unknown): HttpError | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  const body: JsonObject = 'error' in error && isJsonObject(error.error) ? error.error : {}
  const said = own(body, 'message')
  return {
    status: error.status,
    code: String(own(body, 'code') ?? ''),
    type: String(own(body, 'type') ?? ''),
    message: typeof said === 'string' ? said : error.message,
    headers: 'headers' in error && canBeAsked(error.headers) ? error.headers : null,
  }
}

/** By shape: the class is that of whoever made the request, which is not the global one. */
const canBeAsked = (headers: unknown): headers is Pick<Headers, 'get'> =>
  typeof headers === 'object' && headers !== null && 'get' in headers && typeof headers.get === 'function'

/** An error that a server reports inside a stream it began with 200. */
export class ToldError extends Error {
  readonly error: JsonObject
  constructor(error: JsonObject) {
    super('The endpoint reported an error inside its stream.')
    this.error = error
  }
}

/** What an endpoint said, fit for a log that others read: short, without anything that looks like a key. */
export function clean(text: string, connection: Connection): string {
  const start = text.slice(0, 4_000)
  const known = connection.apiKey ? start.replaceAll(connection.apiKey, '•••') : start
  const scrubbed = known.replace(/\bBearer\s+\S+/gi, 'Bearer •••').replace(/\b(sk|key|gsk|pk)[-_][\w*.-]{8,}/g, '•••')
  return scrubbed.length > 300 ? `${scrubbed.slice(0, 300)}…` : scrubbed
}

export function httpFailure(error: HttpError, where: Where): Failure {
  const { status } = error
  const name = where.connection.name
  const said = clean(error.message, where.connection)
  const afterMs = retryAfterMs(error.headers)
  const retry = afterMs === null ? {} : { afterMs }
  const fail = (message: string): Failure => ({ code: 'provider_error', message, httpStatus: status })
  const isQuota = error.code === 'insufficient_quota' || error.type === 'insufficient_quota'
  if (status === 402 || isQuota) {
    return fail(
      `The account behind the connection ${name} has no credit left (${status}). Top it up or use another one.`,
    )
  }
  if (status === 429) {
    const message = `The connection ${name} limits how often it may be asked (429): ${said}`
    return { code: 'rate_limited', message, httpStatus: 429, retry }
  }
  if (status >= 500 || status === 408 || status === 409) {
    const message = `The connection ${name} answered with an error of its own (${status}): ${said}`
    return { ...fail(message), retry }
  }
  if (error.code === 'content_filter' || error.code === 'content_policy_violation') {
    return { code: 'model_refused', message: `The connection ${name} refused the request: ${said}`, httpStatus: status }
  }
  if (status === 401) return fail(`The connection ${name} did not accept its key (401). Enter a valid key there.`)
  if (status === 403) {
    return fail(
      `The key of the connection ${name} may not use ${where.model} (403). Allow it there or choose another model.`,
    )
  }
  if (status === 404) {
    const base = clean(where.connection.baseUrl, where.connection)
    return fail(
      `The connection ${name} has no ${where.model} at ${base} (404). Check the model's name and the base URL.`,
    )
  }
  return fail(`The connection ${name} rejected the request (${status}): ${said}`)
}

const retryable = (code: 'network' | 'provider_error', message: string): Failure => ({ code, message, retry: {} })

export const cancelled = (): NodeError => new NodeError({ code: 'cancelled', message: 'The model call was cancelled.' })

export const stalled = ({ connection }: Where): NodeError =>
  new NodeError(retryable('network', `The connection ${connection.name} went quiet in the middle of a call.`))

export const cutShort = ({ connection }: Where): NodeError =>
  new NodeError(retryable('network', `The connection ${connection.name} ended before the answer was complete.`))

export const unreadable = ({ connection }: Where): NodeError =>
  new NodeError(retryable('provider_error', `The connection ${connection.name} sent an answer that can't be read.`))

/** The outbound client's own failures (a blocked address) travel inside the SDK's: they say more than it does. */
function nodeErrorIn(error: unknown): NodeError | null {
  for (let here = error, depth = 0; here instanceof Error && depth < 5; here = here.cause, depth += 1) {
    if (here instanceof NodeError) return here
  }
  return null
}

function systemCode(error: unknown): string {
  let found = ''
  for (let here = error, depth = 0; here instanceof Error && depth < 5; here = here.cause, depth += 1) {
    if ('code' in here && typeof here.code === 'string') found = here.code
  }
  return found
}

export function toNodeError(error: unknown, where: Where): NodeError {
  const inner = nodeErrorIn(error)
  if (inner) return inner
  const http = asHttpError(error)
  if (http) return new NodeError(httpFailure(http, where))
  if (error instanceof SyntaxError) return unreadable(where)
  if (error instanceof ToldError) {
    const said = own(error.error, 'message')
    const text = clean(typeof said === 'string' ? said : 'no reason given', where.connection)
    return new NodeError(retryable('provider_error', `The connection ${where.connection.name} gave up: ${text}`))
  }
  const code = systemCode(error)
  const detail = code ? ` (${code})` : ''
  return new NodeError(
    retryable('network', `The connection ${where.connection.name} can't be reached${detail}. Check its base URL.`),
  )
}
