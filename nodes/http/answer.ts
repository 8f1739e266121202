import { type Failure, NodeError } from '@/engine/failure'
import type { JsonObject } from '@/engine/json'
import type { HttpAnswer } from '@/engine/kind/run'

export const isFailure = ({ status }: HttpAnswer): boolean => status >= 400

/** 408, 425, 429 and the 5xx say that the same request may succeed later. */
const mayPass = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500

export function failureOf(url: string, answer: HttpAnswer): NodeError {
  const { status } = answer
  const failure: Failure = { code: 'http_status', message: `${hostOf(url)} answered ${status}.`, httpStatus: status }
  if (!mayPass(status)) return new NodeError(failure)
  const afterMs = retryAfter(answer.headers)
  return new NodeError({ ...failure, retry: afterMs === null ? {} : { afterMs } })
}

/** Addresses may hold keys; the name of the host says enough. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'The address')

const header = (headers: JsonObject, name: string): string => {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof found === 'string' ? found.trim() : ''
}

/** Seconds, or a date; a date is compared with the date of the answer, so that no clock of ours is needed. */
export function retryAfter(headers: JsonObject): number | null {
  const wanted = header(headers, 'retry-after')
  if (/^\d{1,9}$/.test(wanted)) return Number(wanted) * 1_000
  const wait = Date.parse(wanted) - Date.parse(header(headers, 'date'))
  return Number.isNaN(wait) ? null : Math.max(0, wait)
}
