import { OpenAI } from 'openai'
import type { Connection, Fetch, FetchAnswer } from '@/server/models/types'

type RequestOptions = Parameters<OpenAI['buildRequest']>[0]
type Built = Awaited<ReturnType<OpenAI['buildRequest']>>

export type ChatCall = { body: object; signal: AbortSignal; idempotencyKey: string }

/** The SDK's own time limit is out of the way: the watch ends a call, for one reason that is known. */
const unlimitedMs = 2_000_000_000
const chatPath = '/chat/completions'

/**
 * The SDK with two shortcuts for the call that is made all the time. It sends the same head with each of them, and making
 * that costs as much as the rest of the SDK's work; so does tying the signals and timers of a time limit nobody wants.
 */
export class Sdk extends OpenAI {
  private readonly send: Fetch
  private head: { url: string; headers: Readonly<Record<string, string>> } | null = null

  /** Nothing is read from the environment here: one tenant's connection must not inherit the operator's organisation. */
  constructor(connection: Connection, fetch: Fetch) {
    // What it hands back is all that the SDK looks at.
    const send = fetch as typeof globalThis.fetch
    super({
      baseURL: connection.baseUrl,
      apiKey: connection.apiKey ?? 'none',
      defaultHeaders: { 'User-Agent': 'Baton', ...(connection.apiKey === null ? { Authorization: null } : {}) },
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      fetch: send,
    })
    this.send = fetch
  }

  /**
   * The SDK sends the request and turns a rejection into an error; the answer is the caller's to read. The SDK's reading
   * costs as much again for an answer and many times as much for a stream.
   */
  chatAnswer({ body, signal, idempotencyKey }: ChatCall): Promise<FetchAnswer> {
    const headers = { 'Idempotency-Key': idempotencyKey }
    return this.post(chatPath, { body, signal, headers, timeout: unlimitedMs }).asResponse()
  }

  override async buildRequest(options: RequestOptions, more?: { retryCount?: number }): Promise<Built> {
    if (options.path !== chatPath) return super.buildRequest(options, more)
    const own = options.headers as Record<string, string>
    if (!this.head) {
      const { req, url } = await super.buildRequest({ ...options, headers: {} }, more)
      this.head = { url, headers: Object.fromEntries(req.headers) }
    }
    const { url, headers } = this.head
    const { body, signal } = options
    const req = { method: 'POST', headers: { ...headers, ...own }, body: JSON.stringify(body), signal: signal ?? null }
    // Plain headers: the fetch it is made for takes them as well.
    return { url, timeout: unlimitedMs, req: req as unknown as Built['req'] }
  }

  override async fetchWithTimeout(...call: Parameters<OpenAI['fetchWithTimeout']>): Promise<Response> {
    const [url, init, ms] = call
    return ms === unlimitedMs ? ((await this.send(url, init)) as Response) : super.fetchWithTimeout(...call)
  }
}
