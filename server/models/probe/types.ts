/** What keeps a connection from answering. Each has a sentence of its own that says what to do. */
export const probeCodes = [
  'dns',
  'refused',
  'tls',
  'not_tls',
  'network',
  'timeout',
  'blocked_address',
  'redirect',
  'unauthorized',
  'forbidden',
  'no_credit',
  'rate_limited',
  'wrong_path',
  'not_openai',
  'model_missing',
  'no_models',
  'server_error',
  'rejected',
] as const
export type ProbeCode = (typeof probeCodes)[number]

export type ProbeProblem = {
  code: ProbeCode
  message: string
  /** The setting that would have to change, where there is one that would do. */
  suggestion?: { baseUrl: string } | { model: string }
}

export type ProbeResult =
  | { ok: true; model: string; models: readonly string[]; ms: number }
  | { ok: false; problem: ProbeProblem; models: readonly string[] }

/** Thrown from within, and always caught by `probeConnection`. */
export class ProbeError extends Error {
  readonly problem: ProbeProblem
  constructor(problem: ProbeProblem) {
    super(problem.message)
    this.problem = problem
  }
}
