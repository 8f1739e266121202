import { isJsonObject, type Json, own } from '@/engine/json'
import type { Message, ModelRequest, ModelTool, ToolCall } from '@/engine/model/types'
import { objectIn, schemasIn } from '@/engine/schema/schema-rules'
import { makeInstance } from '@/server/models/simulated/instance'
import { keywordsOf, type Reading } from '@/server/models/simulated/reading'
import { urlIn } from '@/server/models/simulated/wording'

export type ToolResult = { name: string; content: string }

/** What tools answered since somebody last spoke. */
export function resultsSoFar(messages: readonly Message[]): ToolResult[] {
  const since = messages.slice(messages.findLastIndex((message) => message.role === 'user') + 1)
  const names = new Map<string, string>()
  for (const message of since) {
    if (message.role !== 'assistant') continue
    for (const call of message.toolCalls ?? []) names.set(call.id, call.name)
  }
  return since.flatMap((message) =>
    message.role === 'tool' ? [{ name: names.get(message.toolCallId) ?? 'the tool', content: message.content }] : [],
  )
}

/** At most one round of calls: the tools that fit the prompt best, at most two. */
export function chooseCalls(request: ModelRequest, reading: Reading, seed: string): ToolCall[] {
  const callable = (request.tools ?? []).filter((tool) => !needsAddress(tool) || urlIn(reading.prompt) !== undefined)
  const scored = callable.map((tool, index) => ({ tool, index, score: fitOf(tool, reading) }))
  const ranked = scored.sort((a, b) => b.score - a.score || a.index - b.index)
  const fitting = ranked.filter((each) => each.score > 0).slice(0, 2)
  const chosen = fitting.length > 0 ? fitting : ranked.slice(0, 1)
  return chosen.map(({ tool }, index) => {
    const made = makeInstance(tool.parameters, reading, `${seed}/${tool.name}`)
    const args: Json = isJsonObject(made) ? made : {}
    return { id: `call_${seed.slice(0, 8)}_${index + 1}`, name: tool.name, arguments: args }
  })
}

/** An address is never made up: somebody's server would be asked for nothing. */
function needsAddress(tool: ModelTool): boolean {
  const properties = objectIn(tool.parameters, 'properties')
  return schemasIn(tool.parameters, 'required').some((name) => {
    if (typeof name !== 'string') return false
    const field = own(properties, name)
    return /^(url|uri|link|href|endpoint)$/i.test(name) || (isJsonObject(field) && own(field, 'format') === 'uri')
  })
}

const hints: readonly [RegExp, RegExp][] = [
  [/calculat|math|arithmetic/i, /\d\s*[-+*/×÷%]\s*\d|\bcalculate|\bhow (much|many)\b|\bsum\b|\bpercent/i],
  [/time|date|clock/i, /\b(time|date|today|now|day|week|deadline|schedule)\b/i],
  [/http|fetch|url|web/i, /https?:\/\//i],
  [/search|lookup|find|wiki/i, /\b(search|find|look up|research|who|what|when|where)\b/i],
  [/code|script|run/i, /\b(code|script|compute|program)\b/i],
]

function fitOf(tool: ModelTool, reading: Reading): number {
  const about = `${tool.name.replaceAll('_', ' ')} ${tool.description}`.toLowerCase()
  const shared = keywordsOf(reading.prompt).filter((word) =>
    word
      .toLowerCase()
      .split(' ')
      .some((part) => part.length > 3 && about.includes(part)),
  ).length
  const named = reading.prompt.toLowerCase().includes(tool.name.toLowerCase()) ? 5 : 0
  const hinted = hints.filter(([name, prompt]) => name.test(tool.name) && prompt.test(reading.prompt)).length
  return shared + named + hinted * 3
}

const previewLimit = 300

/** Says what the tools answered, in their own words. */
export function reportResults(results: readonly ToolResult[], reading: Reading): string {
  const lines = results.map(({ name, content }) => {
    const short = content.trim().slice(0, previewLimit)
    return `- \`${name}\` answered: ${short === '' ? 'nothing' : short}${content.trim().length > previewLimit ? '…' : ''}`
  })
  const plural = results.length === 1 ? 'this result' : 'these results'
  return `On ${reading.topic}, with ${plural}:\n\n${lines.join('\n')}`
}
