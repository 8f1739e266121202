import type { ModelAnswer, ModelRequest } from '@/engine/model/types'
import { requestHash } from '@/server/models/cassette'
import { simulatedName } from '@/server/models/connections'
import { estimateText, estimateTokens } from '@/server/models/estimate-tokens'
import { cancelled } from '@/server/models/openai/failure'
import { pause } from '@/server/models/pause'
import { chanceFrom } from '@/server/models/simulated/chance'
import { makeInstance } from '@/server/models/simulated/instance'
import { writeProse } from '@/server/models/simulated/prose'
import { readConversation } from '@/server/models/simulated/reading'
import { chooseCalls, reportResults, resultsSoFar } from '@/server/models/simulated/tools'

export type SimulatedOptions = {
  signal: AbortSignal
  onDelta?: (text: string, attempt: number) => void
  simulatedPace?: number
}

type Reply = Pick<ModelAnswer, 'text' | 'toolCalls' | 'finish'>

/**
 * The built-in model. It sees what an endpoint would see and nothing else, knows nothing of the world, and answers the same
 * to the same request.
 */
export async function askSimulated(request: ModelRequest, options: SimulatedOptions): Promise<ModelAnswer> {
  const reply = simulate(request)
  await speak(reply.text, options)
  const said = reply.text + reply.toolCalls.map((call) => call.name + JSON.stringify(call.arguments)).join('')
  return {
    ...reply,
    usage: { inputTokens: estimateTokens(request), outputTokens: estimateText(said) },
    model: simulatedName,
    connection: simulatedName,
    simulated: true,
    cost: 0,
  }
}

/** What it will say, without saying it. */
export function simulate(request: ModelRequest): Reply {
  const { messages, tools, outputSchema } = request
  const seed = requestHash({ messages, tools, outputSchema })
  const reading = readConversation(messages)
  const results = resultsSoFar(messages)
  const calls = results.length === 0 ? chooseCalls(request, reading, seed) : []
  if (calls.length > 0) return { text: '', toolCalls: calls, finish: 'tools' }
  if (outputSchema) return limited(JSON.stringify(makeInstance(outputSchema, reading, seed)), request)
  const prose = writeProse(reading, chanceFrom(seed))
  return limited(results.length > 0 ? `${reportResults(results, reading)}\n\n${prose}` : prose, request)
}

function limited(text: string, { maxOutputTokens }: ModelRequest): Reply {
  if (maxOutputTokens === undefined || estimateText(text) <= maxOutputTokens) {
    return { text, toolCalls: [], finish: 'stop' }
  }
  let kept = ''
  for (const word of wordsOf(text)) {
    if (estimateText(kept + word) > maxOutputTokens) break
    kept += word
  }
  return { text: kept, toolCalls: [], finish: 'length' }
}

const wordsOf = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? []

const firstMs = 120
const perWordMs = 18
/** Leaves room for late timers below the 1.5 s that an answer may take. */
const longestMs = 1_300
/** Screens draw about this often; more pieces would only cost. */
const pieceMs = 40

async function speak(text: string, options: SimulatedOptions): Promise<void> {
  const { signal, onDelta } = options
  const pace = options.simulatedPace ?? 1
  const words = wordsOf(text)
  const total = Math.min(longestMs, firstMs + words.length * perWordMs) * pace
  const pieces = onDelta ? Math.max(1, Math.min(words.length, Math.floor(total / pieceMs))) : 1
  const started = performance.now()
  let said = 0
  for (let n = 1; n <= pieces; n += 1) {
    // By the clock and not one wait after the other: late timers would add up.
    await pause(started + (total * n) / pieces - performance.now(), signal)
    if (signal.aborted) throw cancelled()
    const until = Math.round((words.length * n) / pieces)
    if (until > said) onDelta?.(words.slice(said, until).join(''), 0)
    said = until
  }
}
