/** One line of JSON each way. The child says `ready` once, then answers every question with one reply. */
export type Question = {
  source: string
  /** A JSON object; its keys become globals. */
  globals: string
  timeoutMs: number
  maxOutputBytes: number
}

export type GuestFailure = {
  type: 'failed'
  code: 'sandbox_error' | 'sandbox_memory' | 'sandbox_timeout' | 'too_large'
  message: string
}

export type Reply = { type: 'result'; value: string; logs: string[] } | GuestFailure

/** How much of what the code logs is kept; the reply may be larger than the result by this much. */
export const maxLogLength = 20_000

/** Each line is an event of the run. */
export const maxLogLines = 100
