import type { Failure, FailureCode } from '@/engine/failure'
import { type PathKey, parsePath } from '@/engine/path'
import type { RunState } from '@/engine/run/state'
import { idOf } from './child-id'

/** Why a run needs somebody, without what differs from run to run. `stuck`: Baton itself could not go on. */
export type Cause = { code: FailureCode | 'stuck'; node: string | null; httpStatus: number | null; message: string }

type Given = { code: Cause['code']; message: string; path?: PathKey | null; httpStatus?: number | null }

/** A run that another run started is its parent's business, unless nobody can drive it. */
export function causeOf({ run, parent }: RunState): Cause | null {
  if (run.status === 'failed') return parent ? null : describeFailure(run.failure, run.path)
  if (run.status !== 'paused' || run.reason !== 'engine') return null
  return describeCause({ code: 'stuck', message: run.detail ?? '' })
}

const describeFailure = ({ code, message, httpStatus }: Failure, path?: PathKey): Cause =>
  describeCause({ code, message, path: path ?? null, httpStatus: httpStatus ?? null })

export const describeCause = ({ code, message, path = null, httpStatus = null }: Given): Cause => ({
  code,
  node: path === null ? null : (parsePath(path)?.at(-1)?.node ?? null),
  httpStatus,
  message: withoutDetails(message),
})

export const causeIdOf = ({ code, node, httpStatus, message }: Cause): string =>
  idOf(JSON.stringify([code, node, httpStatus, message]))

const longest = 300

/** Ids, times and numbers say which run it was; long quotes are what a model or a site happened to say. */
const details: readonly RegExp[] = [
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi,
  /\b\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g,
  /(?<=")[^"]{40,}(?=")|(?<=“)[^”]{40,}(?=”)/g,
  /\b(?=[a-z_]*\d)\w{8,}/gi,
  /\d+(?:[.,:]\d+)*/g,
]

export const withoutDetails = (message: string): string =>
  details.reduce((text, pattern) => text.replaceAll(pattern, '…'), message.slice(0, 2_000)).slice(0, longest)
