import type OpenAI from 'openai'
import type { Pieces, WireUsage } from '@/server/models/openai/answer'

type Chunk = OpenAI.ChatCompletionChunk
type CallDelta = OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall
type OpenCall = { id: string; name: string; arguments: string }

/** Puts a streamed answer together again. One call for each chunk, so it does as little as it can. */
export function startCollecting(onText: (text: string) => void) {
  let text = ''
  let refusal = ''
  let finishReason: string | null = null
  let usage: WireUsage | null = null
  const calls: OpenCall[] = []
  const byIndex = new Map<number, OpenCall>()

  const addCall = (delta: CallDelta): void => {
    // Not every server numbers its calls: without an index the last one is meant, and another id begins a new one.
    const index = delta.index ?? Math.max(0, calls.length - 1)
    let call = byIndex.get(index)
    if (!call || (delta.id && call.id !== '' && delta.id !== call.id)) {
      call = { id: '', name: '', arguments: '' }
      byIndex.set(index, call)
      calls.push(call)
    }
    if (delta.id) call.id = delta.id
    if (delta.function?.name) call.name = delta.function.name
    if (delta.function?.arguments) call.arguments += delta.function.arguments
  }

  return {
    add(chunk: Chunk): void {
      if (chunk.usage) usage = chunk.usage
      const choice = chunk.choices?.[0]
      if (!choice) return
      if (choice.finish_reason) finishReason = choice.finish_reason
      const { delta } = choice
      if (!delta) return
      if (delta.content) {
        text += delta.content
        onText(delta.content)
      }
      if (delta.refusal) refusal += delta.refusal
      if (delta.tool_calls) for (const call of delta.tool_calls) addCall(call)
    },
    pieces: (): Pieces => ({ text, refusal, calls, finishReason, usage }),
  }
}
