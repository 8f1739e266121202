import type { Failure } from '@/engine/failure'
import type { ModelUsage } from '@/engine/model/types'

/** `estimated` is set where the endpoint didn't say what it counted. */
export type TokenUsage = ModelUsage & { estimated?: true }

/** US dollars per million tokens. Above `maxInputTokens` another price holds, which is then unknown. */
export type Price = {
  input: number
  output: number
  cachedInput?: number | undefined
  maxInputTokens?: number | undefined
}

/** An OpenAI-compatible endpoint. A null key sends no Authorization header, which is what most local servers want. */
export type Connection = {
  name: string
  baseUrl: string
  apiKey: string | null
  models: readonly string[]
  prices?: Readonly<Record<string, Price>>
  /** Answers when a model of this connection can't: an alias or `connection/model`. */
  fallback?: string
}

export type Target =
  | { kind: 'endpoint'; connection: Connection; model: string; fallback?: string }
  | { kind: 'simulated' }

export type Resolve = (model: string) => Promise<Target>

/** What is used of a `Response`. */
export type FetchAnswer = Pick<Response, 'ok' | 'status' | 'text' | 'json'> & {
  headers: Pick<Headers, 'get'> & { entries: () => Iterable<[string, string]> }
  body: AsyncIterable<Uint8Array> | null
}

/** The outbound client: the one place that decides which addresses may be reached. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<FetchAnswer>

export type Timeouts = {
  /** Until the first piece of a stream: models think and local ones load. */
  firstMs: number
  /** Between two pieces of a stream. */
  idleMs: number
  /** For a whole answer that isn't streamed. */
  answerMs: number
}

export type Attempt = { connection: string; model: string; ms: number; failure: Failure | null }

export type CallOptions = {
  resolve: Resolve
  fetch: Fetch
  signal: AbortSignal
  /** `<run>:<path>:<step>`, the same when the step is repeated. */
  idempotencyKey: string
  /**
   * Streams when given. `attempt` counts from 0 within this call: a higher one starts over, and what came before it is void.
   */
  onDelta?: (text: string, attempt: number) => void
  attemptLog?: (attempt: Attempt) => void
  timeouts?: Partial<Timeouts>
  /** 1 is the pace a reader sees; 0 answers at once, which is what tests want. */
  simulatedPace?: number
}
