import type { JsonObject } from '@/engine/json'
import type { Script } from '@/server/models/testing/model-server'
import type { Reply } from '@/server/models/testing/replies'
import { type Answers, isToolCalls, type Said, textOfSaid } from '@/server/templates/testing/answers'

/** The pace of a model that one reads along with. */
const pace = { firstTokenMs: 500, perTokenMs: 14 }
const charactersPerToken = 4
const tokensOf = (text: string): number => Math.ceil(text.length / charactersPerToken)

/** Answers as they are written, found by the path and the step that a call tells in its idempotency key. */
export function writtenScript(answers: Answers): { script: Script; missing: string[]; used: Set<string> } {
  const missing: string[] = []
  const used = new Set<string>()
  let first: string | null = null
  const script: Script = ({ headers, body }) => {
    const [runId = '', where = '', step = ''] = (headers['idempotency-key'] ?? '').split(':')
    first ??= runId
    const shelf = runId === first ? 'answers' : 'child'
    const said = stepOf(answers[shelf][where], step)
    if (said === undefined) {
      missing.push(`${shelf}: ${where} ${step}\n${asked(body)}`)
      return { kind: 'error', status: 400, message: `No answer is written for ${where}, step ${step}.` }
    }
    used.add(`${shelf} ${where}`)
    return replyOf(said, tokensOf(JSON.stringify(body.messages ?? [])))
  }
  return { script, missing, used }
}

/** `m2` is the second of a list. */
function stepOf(answer: Said | Said[] | undefined, step: string): Said | undefined {
  const index = Number(step.slice(1)) - 1
  const all = Array.isArray(answer) ? answer : answer === undefined ? [] : [answer]
  return all[index]
}

function replyOf(said: Said, promptTokens: number): Reply {
  if (isToolCalls(said)) {
    const calls = said.tools.map(({ name, arguments: given }) => ({ name, arguments: JSON.stringify(given) }))
    const usage = { prompt_tokens: promptTokens, completion_tokens: tokensOf(JSON.stringify(calls)) }
    return { kind: 'tools', calls, usage, ...pace }
  }
  const text = textOfSaid(said as string | JsonObject)
  const usage = { prompt_tokens: promptTokens, completion_tokens: tokensOf(text) }
  return { kind: 'text', text, usage, ...pace }
}

function asked(body: JsonObject): string {
  const messages = Array.isArray(body.messages) ? body.messages : []
  const last = messages.at(-1)
  const format = JSON.stringify(body.response_format ?? null)
  return `${JSON.stringify(last).slice(0, 600)}\n${format.slice(0, 600)}`
}
