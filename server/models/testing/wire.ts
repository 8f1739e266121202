import { finishOf, type Reply, type ReplyToolCall, textOf, usageOf, words } from '@/server/models/testing/replies'

const id = 'chatcmpl-test'
export const done = 'data: [DONE]\n\n'

const toolCall = (call: ReplyToolCall, index: number) => ({
  index,
  id: call.id ?? `call_${index + 1}`,
  type: 'function',
  function: { name: call.name, arguments: call.arguments },
})

/** The whole answer of a call without a stream. */
export function completion(reply: Reply, model: string): string {
  const usage = usageOf(reply)
  const message = {
    role: 'assistant',
    content: reply.kind === 'refusal' ? null : textOf(reply),
    ...(reply.kind === 'refusal' ? { refusal: reply.text } : {}),
    ...(reply.kind === 'tools' ? { tool_calls: reply.calls.map(toolCall) } : {}),
  }
  return JSON.stringify({
    id,
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message, finish_reason: finishOf(reply) }],
    ...(usage ? { usage } : {}),
  })
}

const chunk = (model: string, delta: object, finish: string | null) =>
  `data: ${JSON.stringify({
    id,
    object: 'chat.completion.chunk',
    created: 0,
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`

/** Tool calls arrive the way real endpoints send them: the name first, the arguments in pieces. */
function toolDeltas(call: ReplyToolCall, index: number): object[] {
  const middle = Math.ceil(call.arguments.length / 2)
  const opening = { ...toolCall(call, index), function: { name: call.name, arguments: '' } }
  const piece = (text: string) => ({ tool_calls: [{ index, function: { arguments: text } }] })
  const pieces = [call.arguments.slice(0, middle), call.arguments.slice(middle)].filter((text) => text !== '')
  return [{ tool_calls: [opening] }, ...pieces.map(piece)]
}

let cachedModel = ''
let cachedWord = ''
/** `word ` forty times is what benchmarks ask for: the chunk is made once. */
function wordChunk(model: string, word: string): string {
  if (word !== 'word ') return chunk(model, { content: word }, null)
  if (cachedModel !== model) {
    cachedModel = model
    cachedWord = chunk(model, { content: word }, null)
  }
  return cachedWord
}

/** The paced part of a stream, one entry a token. */
export function tokenChunks(reply: Reply, model: string): string[] {
  if (reply.kind === 'refusal') return words(reply.text).map((word) => chunk(model, { refusal: word }, null))
  const tools = reply.kind === 'tools' ? reply.calls.flatMap(toolDeltas) : []
  return [
    ...words(textOf(reply)).map((word) => wordChunk(model, word)),
    ...tools.map((delta) => chunk(model, delta, null)),
  ]
}

/** The end of a stream: finish, usage where it was asked for, [DONE]. */
export function closing(reply: Reply, model: string, withUsage: boolean): string {
  const usage = withUsage ? usageOf(reply) : null
  const usageChunk = usage
    ? `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 0, model, choices: [], usage })}\n\n`
    : ''
  return chunk(model, {}, finishOf(reply)) + usageChunk + done
}
