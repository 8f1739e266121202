import type { Json } from '@/engine/json'

export type Timing = { firstTokenMs?: number; perTokenMs?: number }

/** What the scripted server does with one request. A kind is one way in which a real endpoint behaves or misbehaves. */
export type Reply =
  | ({ kind: 'text'; text: string; finish?: 'stop' | 'length' | 'content_filter'; usage?: ReplyUsage | null } & Timing)
  | ({ kind: 'tokens'; tokens: number } & Timing)
  | ({ kind: 'json'; value: Json } & Timing)
  | ({ kind: 'tools'; calls: readonly ReplyToolCall[]; text?: string; usage?: ReplyUsage } & Timing)
  | ({ kind: 'refusal'; text: string } & Timing)
  /** Says `afterTokens` words and then nothing more, with the connection open. Without a stream: never answers. */
  | ({ kind: 'stall'; afterTokens: number } & Timing)
  /** Cuts the connection after `afterTokens` words; `clean` ends the body properly but without a finish or [DONE]. */
  | ({ kind: 'cut'; afterTokens: number; clean?: boolean } & Timing)
  | { kind: 'error'; status: number; message?: string; code?: string; retryAfter?: string }
  | { kind: 'raw'; status: number; contentType: string; body: string }

export type ReplyUsage = { prompt_tokens: number; completion_tokens: number; cached_tokens?: number }

/** `arguments` is sent as it stands, so that broken JSON can be sent too. */
export type ReplyToolCall = { id?: string; name: string; arguments: string }

export const words = (text: string): readonly string[] => text.match(/\s*\S+\s*/g) ?? []

export function textOf(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
      return reply.text
    case 'json':
      return JSON.stringify(reply.value)
    case 'tokens':
      return 'word '.repeat(reply.tokens)
    case 'stall':
    case 'cut':
      return 'word '.repeat(reply.afterTokens)
    case 'tools':
      return reply.text ?? ''
    default:
      return ''
  }
}

export function finishOf(reply: Reply): string {
  if (reply.kind === 'tools') return 'tool_calls'
  return reply.kind === 'text' ? (reply.finish ?? 'stop') : 'stop'
}

export function usageOf(reply: Reply): Record<string, unknown> | null {
  const given = reply.kind === 'text' || reply.kind === 'tools' ? reply.usage : undefined
  if (given === null) return null
  const prompt = given?.prompt_tokens ?? 10
  const completion = given?.completion_tokens ?? words(textOf(reply)).length
  const cached = given?.cached_tokens
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
  }
}
