import { NodeError } from '@/engine/failure'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { answerToJson, type HttpResult } from '@/server/outbound/answer-json'
import type { SendRequest } from '@/server/outbound/request'

export type HttpCall = { method: string; url: string; headers: JsonObject; body?: Json }
export type HttpTools = { request: SendRequest; signal: AbortSignal; idempotencyKey: string }

/** One http step as workflows describe it, for the `http` node and the `http_request` tool. Any status is an answer. */
export async function sendHttp(call: HttpCall, tools: HttpTools): Promise<HttpResult> {
  const headers = textHeaders(call.headers)
  const isRead = call.method === 'GET' || call.method === 'HEAD'
  if (!isRead) headers['idempotency-key'] ??= tools.idempotencyKey
  const sent = { method: call.method, url: call.url, headers, signal: tools.signal }
  if (isRead || call.body === undefined || call.body === null) return answerToJson(await tools.request(sent))
  const { body } = call
  headers['content-type'] ??= typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
  return answerToJson(await tools.request({ ...sent, body: typeof body === 'string' ? body : JSON.stringify(body) }))
}

function textHeaders(headers: Json): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(isJsonObject(headers) ? headers : {})) {
    if (value === null) continue
    if (typeof value === 'object') {
      throw new NodeError({ code: 'invalid_config', message: `The header ${name} must be text.` })
    }
    texts[name.toLowerCase()] = String(value)
  }
  return texts
}
