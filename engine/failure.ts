/** Why a node, a step or a run failed. The code is stable and public; the message is a sentence for the person reading it. */
export const failureCodes = [
  'blocked_address',
  'budget_exceeded',
  'cancelled',
  'cassette_miss',
  'condition_failed',
  'depth_exceeded',
  'engine_mismatch',
  'gate_failed',
  'http_status',
  'in_doubt',
  'internal',
  'invalid_config',
  'invalid_input',
  'invalid_output',
  'invalid_patch',
  'item_failed',
  'loop_guard',
  'loop_limit',
  'missing_secret',
  'model_refused',
  'model_unavailable',
  'network',
  'not_boolean',
  'not_found',
  'provider_error',
  'quarantined',
  'rate_limited',
  'rejected',
  'run_failed',
  'sandbox_error',
  'sandbox_memory',
  'sandbox_timeout',
  'template_failed',
  'timeout',
  'too_large',
  'tool_failed',
  'too_many_items',
  'unknown_tool',
] as const
export type FailureCode = (typeof failureCodes)[number]

export type Failure = {
  code: FailureCode
  message: string
  /** Set where trying again later may help; `afterMs` when the other side said how long to wait. */
  retry?: { afterMs?: number }
  httpStatus?: number
}

/** Thrown by whatever a node calls. Anything else that is thrown is reported as `internal`, with its text kept out of the log. */
export class NodeError extends Error {
  readonly failure: Failure
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options)
    this.name = 'NodeError'
    this.failure = failure
  }
}
