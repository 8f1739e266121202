import type OpenAI from 'openai'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { Message, ModelRequest, ModelTool, ToolCall } from '@/engine/model/types'
import type { Trait } from '@/server/models/openai/client'
import { type ToolNames, toolNames } from '@/server/models/openai/tool-names'
import type { Connection } from '@/server/models/types'

export type Body = OpenAI.ChatCompletionCreateParamsNonStreaming
type WireMessage = OpenAI.ChatCompletionMessageParam
type Endpoint = { connection: Connection; model: string; traits: ReadonlySet<Trait> }

export function makeBody(request: ModelRequest, endpoint: Endpoint): Body {
  const { traits } = endpoint
  const schema = request.outputSchema
  const names = toolNames(request)
  const asked = schema && traits.has('no_schema') ? askForJson(request.messages, schema) : request.messages
  return {
    model: endpoint.model,
    messages: asked.map((message) => wireMessage(message, names)),
    ...(request.tools && request.tools.length > 0 ? { tools: request.tools.map((tool) => wireTool(tool, names)) } : {}),
    ...(schema && !traits.has('no_schema') ? { response_format: responseFormat(schema) } : {}),
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...tokenLimit(request, endpoint),
  }
}

function wireMessage(message: Message, names: ToolNames): WireMessage {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.toolCallId, content: message.content }
  if (message.role !== 'assistant') return { role: message.role, content: message.content }
  if (!message.toolCalls || message.toolCalls.length === 0) return { role: 'assistant', content: message.content }
  return {
    role: 'assistant',
    content: message.content || null,
    tool_calls: message.toolCalls.map((call) => wireCall(call, names)),
  }
}

/** Broken arguments go back wrapped in JSON: many servers parse the history and would reject the request over them. */
const wireCall = (call: ToolCall, names: ToolNames): OpenAI.ChatCompletionMessageToolCall => ({
  id: call.id,
  type: 'function',
  function: { name: names.toWire(call.name), arguments: JSON.stringify(call.arguments) },
})

const wireTool = (tool: ModelTool, names: ToolNames): OpenAI.ChatCompletionTool => ({
  type: 'function',
  function: { name: names.toWire(tool.name), description: tool.description, parameters: { ...tool.parameters } },
})

const responseFormat = (schema: JsonObject): OpenAI.ResponseFormatJSONSchema => ({
  type: 'json_schema',
  json_schema: { name: 'answer', schema: { ...schema }, strict: isStrict(schema) },
})

/** `strict` is only accepted where every object closes its fields and requires them all. */
function isStrict(schema: Json, depth = 0): boolean {
  if (!isJsonObject(schema) || depth > 50) return false
  const properties = own(schema, 'properties')
  const isObject = properties !== undefined || own(schema, 'type') === 'object'
  if (isObject && !closesFields(schema, isJsonObject(properties) ? properties : {})) return false
  const items = own(schema, 'items')
  const choices = own(schema, 'anyOf')
  const definitions = own(schema, '$defs')
  const below: readonly Json[] = [
    ...(isJsonObject(properties) ? Object.values(properties) : []),
    ...(items === undefined ? [] : [items]),
    ...(Array.isArray(choices) ? choices : []),
    ...(isJsonObject(definitions) ? Object.values(definitions) : []),
  ]
  return below.every((part) => isStrict(part, depth + 1))
}

function closesFields(schema: JsonObject, properties: JsonObject): boolean {
  const required = own(schema, 'required')
  if (own(schema, 'additionalProperties') !== false || !Array.isArray(required)) return false
  return Object.keys(properties).every((name) => required.includes(name))
}

function askForJson(messages: readonly Message[], schema: JsonObject): readonly Message[] {
  const wish = `Answer with one JSON value and nothing else. It must match this JSON Schema:\n${JSON.stringify(schema)}`
  const [first, ...rest] = messages
  // Some chat templates take a system message only in first place, and only one.
  if (first?.role === 'system') return [{ role: 'system', content: `${first.content}\n\n${wish}` }, ...rest]
  return [{ role: 'system', content: wish }, ...messages]
}

/** OpenAI itself renamed the limit, and its reasoning models refuse the old name; most other servers know only the old one. */
function tokenLimit(request: ModelRequest, endpoint: Endpoint): Partial<Body> {
  if (request.maxOutputTokens === undefined) return {}
  const newName = /\bopenai\.(com|azure\.com)\b/.test(endpoint.connection.baseUrl)
  const swapped = endpoint.traits.has('other_token_limit')
  return newName === swapped
    ? { max_tokens: request.maxOutputTokens }
    : { max_completion_tokens: request.maxOutputTokens }
}
