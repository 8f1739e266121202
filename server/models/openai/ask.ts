import type OpenAI from 'openai'
import { isJsonObject } from '@/engine/json'
import type { ModelRequest } from '@/engine/model/types'
import { makeSaid, type Said } from '@/server/models/openai/answer'
import { type Body, makeBody } from '@/server/models/openai/body'
import { type Client, clientFor, type Trait } from '@/server/models/openai/client'
import { startCollecting } from '@/server/models/openai/collect'
import {
  asHttpError,
  cancelled,
  cutShort,
  stalled,
  ToldError,
  toNodeError,
  unreadable,
  type Where,
} from '@/server/models/openai/failure'
import { readEvents } from '@/server/models/openai/read-events'
import { startWatch, type Watch } from '@/server/models/openai/watch'
import type { Fetch, FetchAnswer, Timeouts } from '@/server/models/types'

export type Ask = Where & {
  request: ModelRequest
  fetch: Fetch
  signal: AbortSignal
  idempotencyKey: string
  timeouts: Timeouts
  onText?: (text: string) => void
}

type Sent = Ask & { client: Client; watch: Watch }

/** One call to an OpenAI-compatible endpoint; every failure comes out as a NodeError. */
export async function askEndpoint(ask: Ask): Promise<Said> {
  const client = await clientFor(ask.connection, ask.fetch)
  const { firstMs, idleMs, answerMs } = ask.timeouts
  const watch = startWatch(ask.signal, ask.onText ? firstMs : answerMs, idleMs)
  try {
    return await askAdapting({ ...ask, client, watch })
  } catch (error) {
    if (watch.ended() === 'cancelled') throw cancelled()
    if (watch.ended() === 'stalled') throw stalled(ask)
    throw toNodeError(error, ask)
  } finally {
    watch.stop()
  }
}

/** Asks again without what the endpoint rejected, and remembers it once that helped. */
async function askAdapting(sent: Sent): Promise<Said> {
  const { traits: known } = sent.client
  let traits = known.get(sent.model) ?? new Set<Trait>()
  for (;;) {
    try {
      const said = await (sent.onText ? askStreaming(sent, sent.onText, traits) : askPlain(sent, traits))
      known.set(sent.model, traits)
      return said
    } catch (error) {
      const trait = traitBehind(error, sent, traits)
      if (trait === null) throw error
      traits = new Set([...traits, trait])
    }
  }
}

function traitBehind(error: unknown, sent: Sent, traits: ReadonlySet<Trait>): Trait | null {
  const http = asHttpError(error)
  if (http === null || (http.status !== 400 && http.status !== 422)) return null
  const fits = (trait: Trait, applies: boolean) => applies && !traits.has(trait)
  const limited = sent.request.maxOutputTokens !== undefined
  if (fits('other_token_limit', limited && /max_(completion_)?tokens/.test(http.message))) return 'other_token_limit'
  if (fits('no_stream_usage', sent.onText !== undefined && /stream_options/.test(http.message)))
    return 'no_stream_usage'
  // Servers word this in every way, so any rejection is taken for it, except those that are surely about something else.
  const other = http.code === 'context_length_exceeded' || http.code.startsWith('content_')
  return fits('no_schema', sent.request.outputSchema !== undefined && !other) ? 'no_schema' : null
}

const bodyOf = (sent: Sent, traits: ReadonlySet<Trait>): Body =>
  makeBody(sent.request, { connection: sent.connection, model: sent.model, traits })

const send = (sent: Sent, body: object): Promise<FetchAnswer> =>
  sent.client.sdk.chatAnswer({ body, signal: sent.watch.signal, idempotencyKey: sent.idempotencyKey })

async function askPlain(sent: Sent, traits: ReadonlySet<Trait>): Promise<Said> {
  const answer = await send(sent, bodyOf(sent, traits))
  return readCompletion(JSON.parse(await answer.text()), sent)
}

function readCompletion(completion: OpenAI.ChatCompletion, sent: Sent): Said {
  const choice = completion?.choices?.[0]
  if (!choice?.message) throw unreadable(sent)
  const calls = (choice.message.tool_calls ?? []).flatMap((call) =>
    call.type === 'custom' ? [] : [{ id: call.id, name: call.function.name, arguments: call.function.arguments ?? '' }],
  )
  const pieces = {
    text: typeof choice.message.content === 'string' ? choice.message.content : '',
    refusal: choice.message.refusal ?? '',
    calls,
    finishReason: choice.finish_reason,
    usage: completion.usage ?? null,
  }
  return makeSaid(pieces, sent.request)
}

async function askStreaming(sent: Sent, onText: (text: string) => void, traits: ReadonlySet<Trait>): Promise<Said> {
  const body: OpenAI.ChatCompletionCreateParamsStreaming = {
    ...bodyOf(sent, traits),
    stream: true,
    ...(traits.has('no_stream_usage') ? {} : { stream_options: { include_usage: true } }),
  }
  const answer = await send(sent, body)
  if (answer.headers.get('content-type')?.includes('application/json')) {
    return readUnstreamed(JSON.parse(await answer.text()), sent, onText)
  }
  const collected = startCollecting(onText)
  await readEvents(answer.body ?? noBody, (data, event) => {
    sent.watch.touch()
    collected.add(readChunk(data, event))
  })
  const pieces = collected.pieces()
  if (pieces.finishReason === null) throw cutShort(sent)
  return makeSaid(pieces, sent.request)
}

const noBody: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: async function* () {} }

function readChunk(data: string, event: string | null): OpenAI.ChatCompletionChunk {
  const chunk = JSON.parse(data)
  const error = event === 'error' ? (chunk?.error ?? chunk) : chunk?.error
  if (error) throw new ToldError(isJsonObject(error) ? error : { message: String(error) })
  return chunk
}

/** Some servers answer in one piece although a stream was asked for. */
function readUnstreamed(completion: OpenAI.ChatCompletion, sent: Sent, onText: (text: string) => void): Said {
  const said = readCompletion(completion, sent)
  if (said.text !== '') onText(said.text)
  return said
}
