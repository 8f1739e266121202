import { answerQuestions } from '@/bench/child'
import { isJsonObject, type Json } from '@/engine/json'
import { type RecordedRequest, type Script, startModelServer } from '@/server/models/testing/model-server'
import type { Reply } from '@/server/models/testing/replies'

/**
 * `paced` answers as a model does; `tools` asks at once for as many tool calls as the prompt says, then ends; `slow` thinks
 * for up to 38 s and then wants one more tool call, so that whoever asks stays at work.
 */
export type ModelSettings = { answers: 'paced' | 'tools' | 'slow' }

/** The first token after 50 ms, then forty of them, 5 ms each. */
const paced: Reply = { kind: 'tokens', tokens: 40, firstTokenMs: 50, perTokenMs: 5 }

export async function serveModels({ answers }: ModelSettings): Promise<void> {
  const server = await startModelServer({ keep: 0, script: scripts[answers] })
  answerQuestions<'url', string>(() => server.url)
}

const scripts: { readonly [answers in ModelSettings['answers']]: Script } = {
  paced: () => paced,
  tools: askForTools,
  // Times that are spread evenly from the first request on.
  slow: (_request, index) => ({
    kind: 'tools',
    firstTokenMs: ((index * 0.618) % 1) * 38_000,
    calls: [{ id: `call_${index}`, name: 'calculator', arguments: JSON.stringify({ expression: String(index) }) }],
  }),
}

function askForTools({ body }: RecordedRequest): Reply {
  const messages = Array.isArray(body.messages) ? body.messages : []
  const count = Number(/Use (\d+) tools/.exec(textOf(messages.at(-1)))?.[1] ?? 0)
  if (count === 0) return { kind: 'text', text: 'Done.' }
  const calls = Array.from({ length: count }, (_, n) => ({
    id: `call_${n}`,
    name: 'calculator',
    // Never the same twice: an agent that repeats itself is stopped.
    arguments: JSON.stringify({ expression: String(n) }),
  }))
  return { kind: 'tools', calls }
}

const textOf = (message: Json | undefined): string =>
  isJsonObject(message) && message.role === 'user' && typeof message.content === 'string' ? message.content : ''
