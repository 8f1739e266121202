import type { ModelRequest } from '@/engine/model/types'

/** Role, separators and the like; measured counts are 3 to 7 a message. */
const perMessage = 8
const perTool = 16
const bytesPerToken = 3.5

/**
 * UTF-8 bytes instead of characters: a Chinese or Japanese character has three bytes and costs about one token, so one
 * division serves every language.
 */
export const estimateText = (text: string): number => Math.ceil(Buffer.byteLength(text) / bytesPerToken)

/**
 * A deliberately generous count for reserving a budget before a call: English prose has about 4 bytes a token, code and
 * JSON about 3. A real tokenizer would take a hundred times as long and know only one vendor's models.
 */
export function estimateTokens(request: ModelRequest): number {
  let tokens = 0
  for (const message of request.messages) {
    tokens += perMessage + estimateText(message.content)
    const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : []
    for (const call of calls) tokens += perMessage + estimateText(call.name + JSON.stringify(call.arguments))
  }
  for (const tool of request.tools ?? []) {
    tokens += perTool + estimateText(tool.name + tool.description + JSON.stringify(tool.parameters))
  }
  if (request.outputSchema) tokens += estimateText(JSON.stringify(request.outputSchema))
  return tokens
}
