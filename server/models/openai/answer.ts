import { isJsonObject } from '@/engine/json'
import { isTooDeep } from '@/engine/json-depth'
import type { ModelAnswer, ModelRequest, ToolCall } from '@/engine/model/types'
import { estimateText, estimateTokens } from '@/server/models/estimate-tokens'
import { toolNames } from '@/server/models/openai/tool-names'
import type { TokenUsage } from '@/server/models/types'

/** An answer as an endpoint gave it, streamed or not, before prices and names are added. */
export type Said = { text: string; toolCalls: ToolCall[]; finish: ModelAnswer['finish']; usage: TokenUsage }

export type WireUsage = {
  prompt_tokens?: number | null
  completion_tokens?: number | null
  prompt_tokens_details?: { cached_tokens?: number | null } | null
}

export type Pieces = {
  text: string
  refusal: string
  calls: readonly { id: string; name: string; arguments: string }[]
  finishReason: string | null
  usage: WireUsage | null
}

export function makeSaid(pieces: Pieces, request: ModelRequest): Said {
  const names = toolNames(request)
  const toolCalls = pieces.calls.map((call, index) => parseCall({ ...call, name: names.fromWire(call.name) }, index))
  const refused = pieces.refusal !== '' || pieces.finishReason === 'content_filter'
  const text = pieces.text === '' ? pieces.refusal : pieces.text
  const usage = readUsage(pieces, request)
  if (refused) return { text, toolCalls, finish: 'refused', usage }
  if (pieces.finishReason === 'length') return { text, toolCalls, finish: 'length', usage }
  return { text, toolCalls, finish: toolCalls.length > 0 ? 'tools' : 'stop', usage }
}

/** Models leave the arguments of a tool without parameters empty, which means none. */
export function parseCall(call: { id: string; name: string; arguments: string }, index: number): ToolCall {
  const base = { id: call.id || `call_${index + 1}`, name: call.name }
  const text = call.arguments.trim()
  const broken = { ...base, arguments: { invalid: call.arguments } }
  if (text === '') return { ...base, arguments: {} }
  try {
    const parsed: unknown = JSON.parse(text)
    return isJsonObject(parsed) && !isTooDeep(text) ? { ...base, arguments: parsed } : broken
  } catch {
    // The model wrote it, and only the model can mend it.
    return broken
  }
}

function readUsage(pieces: Pieces, request: ModelRequest): TokenUsage {
  const { usage } = pieces
  const input = usage?.prompt_tokens
  const output = usage?.completion_tokens
  if (typeof input !== 'number' || typeof output !== 'number') {
    const written = pieces.text + pieces.refusal + pieces.calls.map((call) => call.name + call.arguments).join('')
    return { inputTokens: estimateTokens(request), outputTokens: estimateText(written), estimated: true }
  }
  const cached = usage?.prompt_tokens_details?.cached_tokens
  const counted = { inputTokens: input, outputTokens: output }
  return typeof cached === 'number' && cached > 0 ? { ...counted, cachedTokens: cached } : counted
}
