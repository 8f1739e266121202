import type { Json } from '@/engine/json'
import type { ModelAnswer, ToolCall } from '@/engine/model/types'

const base = {
  usage: { inputTokens: 10, outputTokens: 5 },
  model: 'test-model',
  connection: 'test',
  simulated: false,
  cost: 0.5,
} as const

export const says = (text: string, more: Partial<ModelAnswer> = {}): ModelAnswer => ({
  ...base,
  text,
  toolCalls: [],
  finish: 'stop',
  ...more,
})

export const answersWith = (data: Json): ModelAnswer => says(JSON.stringify(data))

export const call = (name: string, given: Json, id = `${name}-1`): ToolCall => ({ id, name, arguments: given })

export const callsTools = (...toolCalls: readonly ToolCall[]): ModelAnswer => says('', { toolCalls, finish: 'tools' })
