import { NodeError } from '@/engine/failure'
import { clientFor } from '@/server/models/openai/client'
import { toNodeError } from '@/server/models/openai/failure'
import type { Connection, Fetch } from '@/server/models/types'

const listTimeoutMs = 10_000

/** What the endpoint offers, in its own order. Also how a connection is tried out. */
export async function listModels(connection: Connection, fetch: Fetch): Promise<string[]> {
  try {
    const { sdk } = await clientFor(connection, fetch)
    const page = await sdk.models.list({ timeout: listTimeoutMs })
    return page.data.map((model) => model.id)
  } catch (error) {
    throw toNodeError(error, { connection, model: '/models' })
  }
}

const notForChat = /embed|whisper|tts|dall-e|image|audio|realtime|transcribe|moderation|rerank|sora|babbage|davinci/i

/** Lists mix chat models with others; a name that can't chat would fail every run. */
export async function firstModel(connection: Connection, fetch: Fetch): Promise<string> {
  const names = await listModels(connection, fetch)
  const first = names.find((name) => !notForChat.test(name)) ?? names[0]
  if (first !== undefined) return first
  const message = `The connection ${connection.name} lists no models. Name one in its settings.`
  throw new NodeError({ code: 'model_unavailable', message })
}
