import type { Failure, FailureCode } from '../failure'
import type { RetryPolicy } from '../plan/plan'

/** Trying again can't help: the graph, the person or a limit said no. */
const permanent: ReadonlySet<FailureCode> = new Set([
  'blocked_address',
  'budget_exceeded',
  'cancelled',
  'cassette_miss',
  'depth_exceeded',
  'in_doubt',
  'invalid_config',
  'invalid_input',
  'loop_guard',
  'loop_limit',
  'missing_secret',
  'not_boolean',
  'quarantined',
  'rejected',
  'template_failed',
  'too_many_items',
  'unknown_tool',
])

/** Worth another attempt only if the other side, or the way there, said that it may pass. */
const onlyIfPassing: ReadonlySet<FailureCode> = new Set([
  'http_status',
  'model_refused',
  'model_unavailable',
  'provider_error',
])

const maxDelayMs = 300_000

export const mayRetry = (failure: Failure): boolean =>
  !permanent.has(failure.code) && (failure.retry !== undefined || !onlyIfPassing.has(failure.code))

/**
 * How long to wait before the attempt after `attempt`, or null when that was the last. `random` is in [0, 1): the delay
 * varies by a fifth, so that many nodes stopped by the same fault don't come back together.
 */
export function retryDelay(policy: RetryPolicy, attempt: number, failure: Failure, random: number): number | null {
  if (attempt > policy.max) return null
  const grown = policy.backoff === 'exponential' ? policy.delayMs * 2 ** (attempt - 1) : policy.delayMs
  const jittered = Math.min(grown, maxDelayMs) * (0.9 + 0.2 * random)
  return Math.round(Math.max(jittered, failure.retry?.afterMs ?? 0))
}
