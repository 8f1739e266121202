import type { Json, JsonObject } from '../json'

export type ToolCall = { id: string; name: string; arguments: Json | { invalid: string } }

export type Message =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; content: string }

export type ModelTool = { name: string; description: string; parameters: JsonObject }

/** What any model endpoint is asked. `model` is an alias (`default`) or `connection/model`. */
export type ModelRequest = {
  model: string
  messages: readonly Message[]
  tools?: readonly ModelTool[]
  outputSchema?: JsonObject
  temperature?: number
  maxOutputTokens?: number
}

export type ModelUsage = { inputTokens: number; outputTokens: number; cachedTokens?: number }

/** What came back; recorded as it is, so it holds JSON only. */
export type ModelAnswer = {
  text: string
  toolCalls: readonly ToolCall[]
  finish: 'stop' | 'length' | 'tools' | 'refused'
  usage: ModelUsage
  model: string
  connection: string
  fallbackFrom?: string
  simulated: boolean
  /** US dollars; null when the price is unknown. */
  cost: number | null
}
