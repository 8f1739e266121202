import type { ModelRequest } from '@/engine/model/types'

/** Role, separators and the like; measured counts are 3 to 7 a message. */
const perMessage = 8
const perTool = 16
/** English words have about 4 letters a token; signs and digits in code and JSON often stand alone; so does a Chinese character. */
const perLetter = 1 / 3.5
const perSign = 0.75
const perForeign = 1

export function estimateText(text: string): number {
  let tokens = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const lower = code | 0x20
    if (code === 0x20 || (lower >= 0x61 && lower <= 0x7a)) tokens += perLetter
    else tokens += code < 0x80 ? perSign : perForeign
  }
  return Math.ceil(tokens)
}

/**
 * A deliberately generous count for reserving a budget before a call. A real tokenizer would take a hundred times as long and know only one vendor's models.
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
