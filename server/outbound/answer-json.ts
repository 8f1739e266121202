import type { Json } from '@/engine/json'
import { isTooDeep } from '@/engine/json-depth'
import type { OutboundAnswer } from '@/server/outbound/request'

export type HttpResult = { status: number; headers: Record<string, string>; body: Json }

/** What a workflow sees of an answer: JSON as data, text as text, anything else as base64. */
export function answerToJson(answer: OutboundAnswer): HttpResult {
  return { status: answer.status, headers: answer.headers, body: bodyToJson(answer) }
}

function bodyToJson({ headers, body }: OutboundAnswer): Json {
  const type = headers['content-type'] ?? ''
  const text = decode(body, /charset="?([\w.:-]+)/i.exec(type)?.[1] ?? 'utf-8')
  if (text === undefined) return { type, size: body.length, base64: Buffer.from(body).toString('base64') }
  return /[/+]json\b/i.test(type) ? parsedOr(text) : text
}

function parsedOr(text: string): Json {
  try {
    return isTooDeep(text) ? text : (JSON.parse(text) as Json)
  } catch {
    return text
  }
}

function decode(body: Uint8Array, charset: string): string | undefined {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(body)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
