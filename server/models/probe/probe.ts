import { nearest } from '@/engine/graph/nearest'
import { isJsonObject, type Json, own } from '@/engine/json'
import { networkProblem } from '@/server/models/probe/network-problem'
import { type Heard, isMissingModel, statusProblem } from '@/server/models/probe/status-problem'
import { ProbeError, type ProbeResult } from '@/server/models/probe/types'
import type { Connection, Fetch } from '@/server/models/types'

export type Probe = { connection: Connection; send: Fetch; limitMs: number; now: () => number }

/** No list of models is longer than this, and whatever is longer is no list of models. */
const longestAnswer = 2_000_000
const notForChat = /embed|whisper|tts|dall-e|image|audio|realtime|transcribe|moderation|rerank|sora/i

/** Tries a connection the way a run would use it: lists the models, then asks one of them for a word. */
export async function probeConnection(probe: Probe): Promise<ProbeResult> {
  const { connection, now } = probe
  let models: readonly string[] = []
  try {
    const listed = await listModelsOf(probe)
    models = listed ?? []
    const model = chooseModel(connection, listed)
    const began = now()
    await askForAWord(probe, model, models)
    return { ok: true, model, models, ms: Math.round(now() - began) }
  } catch (error) {
    if (error instanceof ProbeError) return { ok: false, problem: error.problem, models }
    throw error
  }
}

/** Null where the endpoint has no list, which is fine as long as a model is named. */
async function listModelsOf(probe: Probe): Promise<readonly string[] | null> {
  const { connection } = probe
  const heard = await hear(probe, connection.baseUrl, '/models')
  const names = namesIn(heard.json)
  if (heard.status === 200 && names !== null) return names
  const isElsewhere = heard.status === 404 || heard.status === 405 || heard.status === 200
  if (!isElsewhere) throw new ProbeError(statusProblem(heard, connection))
  const better = await betterPath(probe)
  if (better !== null) {
    const message = `There is no OpenAI-compatible interface at ${connection.baseUrl}, but there is one at ${better}.`
    throw new ProbeError({ code: 'wrong_path', message, suggestion: { baseUrl: better } })
  }
  if (connection.models.length > 0 && heard.status !== 200) return null
  const found =
    heard.status === 200
      ? `${connection.baseUrl} answers, but not in the OpenAI protocol.`
      : `There is no OpenAI-compatible interface at ${connection.baseUrl} (${heard.status}).`
  const message = `${found} The path mostly ends with /v1.`
  throw new ProbeError({ code: heard.status === 200 ? 'not_openai' : 'wrong_path', message })
}

/** People enter the address of the server and forget the path. */
async function betterPath(probe: Probe): Promise<string | null> {
  const base = probe.connection.baseUrl.replace(/\/+$/, '')
  if (/\/v\d+$/.test(base)) return null
  const better = `${base}/v1`
  const heard = await hear(probe, better, '/models').catch(() => null)
  return heard !== null && (heard.status === 401 || namesIn(heard.json) !== null) ? better : null
}

function chooseModel({ models: wanted }: Connection, listed: readonly string[] | null): string {
  const first = wanted[0] ?? listed?.find((name) => !notForChat.test(name)) ?? listed?.[0]
  if (first === undefined) {
    const message = 'It answers, but it lists no models. Load one there, or name one here.'
    throw new ProbeError({ code: 'no_models', message })
  }
  const missing = listed === null || listed.length === 0 ? undefined : wanted.find((name) => !listed.includes(name))
  // Some lists are not complete, so a name that is missing is asked for all the same; see `missingModel`.
  return missing ?? first
}

async function askForAWord(probe: Probe, model: string, listed: readonly string[]): Promise<void> {
  const { connection } = probe
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Answer with the word ready.' }] })
  const heard = await hear(probe, connection.baseUrl, '/chat/completions', body)
  if (heard.status === 200 && isJsonObject(heard.json) && Array.isArray(own(heard.json, 'choices'))) return
  if (isMissingModel(heard)) throw new ProbeError(missingModel(model, listed))
  if (heard.status === 200 || heard.status === 404 || heard.status === 405) {
    const message = `${connection.baseUrl} lists models but has no chat interface (${heard.status} for /chat/completions).`
    throw new ProbeError({ code: heard.status === 200 ? 'not_openai' : 'wrong_path', message })
  }
  throw new ProbeError(statusProblem(heard, connection))
}

function missingModel(model: string, listed: readonly string[]) {
  const meant = nearest(model, listed)
  const shown = listed.slice(0, 8).join(', ')
  const known = listed.length === 0 ? '' : ` It offers ${shown}${listed.length > 8 ? ' and others' : ''}.`
  const message = `The endpoint does not have the model ${model}.${known}`
  const instead = meant ?? (listed.length === 1 ? listed[0] : undefined)
  return {
    code: 'model_missing' as const,
    message,
    ...(instead === undefined ? {} : { suggestion: { model: instead } }),
  }
}

async function hear({ connection, send, limitMs }: Probe, base: string, path: string, body?: string): Promise<Heard> {
  const signal = AbortSignal.timeout(limitMs)
  try {
    const answer = await send(`${base.replace(/\/+$/, '')}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'user-agent': 'Baton',
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(connection.apiKey === null ? {} : { authorization: `Bearer ${connection.apiKey}` }),
      },
      ...(body === undefined ? {} : { body }),
      signal,
    })
    return { status: answer.status, json: parsed(await startOf(answer.body)) }
  } catch (error) {
    throw new ProbeError(networkProblem(error, { baseUrl: base, limitMs }))
  }
}

async function startOf(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body ?? []) {
    pieces.push(piece)
    size += piece.length
    if (size > longestAnswer) break
  }
  return Buffer.concat(pieces).toString('utf8')
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function namesIn(json: Json | undefined): readonly string[] | null {
  const data = isJsonObject(json) ? own(json, 'data') : undefined
  if (!Array.isArray(data)) return null
  return data.flatMap((model) => {
    const id = isJsonObject(model) ? own(model, 'id') : undefined
    return typeof id === 'string' ? [id] : []
  })
}
