import type { Failure, FailureCode } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'

export type ToolSpec = { name: string; description: string; parameters: JsonObject }

/**
 * A tool call as the model wrote it. What isn't a JSON object stays as text, so that the model can be told what it wrote;
 * `broken` tells that apart from real arguments that happen to be called `invalid`.
 */
export type ToolCall =
  | { id: string; name: string; arguments: JsonObject }
  | { id: string; name: string; arguments: { invalid: string }; broken: true }

export type Message =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; content: string }

export type ModelRequest = {
  /** An alias (`default`) or `connection/model`. */
  model: string
  messages: readonly Message[]
  tools?: readonly ToolSpec[]
  outputSchema?: JsonObject
  temperature?: number
  maxOutputTokens?: number
}

/** `estimated` is set where the endpoint didn't say what it counted. */
export type TokenUsage = { inputTokens: number; outputTokens: number; cachedTokens?: number; estimated?: true }

export type Finish = 'stop' | 'length' | 'tools' | 'refused'

/** Plain JSON: it is recorded in the log as the result of a step. */
export type ModelAnswer = {
  text: string
  toolCalls: ToolCall[]
  finish: Finish
  usage: TokenUsage
  /** What really answered. */
  model: string
  connection: string
  simulated: boolean
  /** US dollars. Null when a price is unknown, which is not 0. */
  cost: number | null
  /** Set when the model that was asked for failed and its fallback answered. */
  fallbackFrom?: { connection: string; model: string; code: FailureCode }
}

/** US dollars per million tokens. Above `maxInputTokens` another price holds, which is then unknown. */
export type Price = { input: number; output: number; cachedInput?: number; maxInputTokens?: number }

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

/** The outbound client: the one place that decides which addresses may be reached. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

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

/** Every value that is legal as arguments of a step or as an answer is JSON; this says so to the compiler. */
export const asJson = (answer: ModelAnswer): Json => answer as unknown as Json
