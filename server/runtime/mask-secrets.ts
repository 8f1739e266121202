import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'

type Secrets = ReadonlyMap<string, string>

/** Shorter ones would be found in words by accident, and protect nothing. */
const shortest = 6

/** Null when there is nothing to look for. The longest go first: one may be the beginning of another. */
function maskFor(secrets: Secrets): ((text: string) => string) | null {
  const worth = [...secrets].filter(([, text]) => text.length >= shortest).sort(([, a], [, b]) => b.length - a.length)
  if (worth.length === 0) return null
  return (text) => worth.reduce((masked, [name, secret]) => masked.replaceAll(secret, `[secret ${name}]`), text)
}

/** An answer that repeats a secret it was sent must not carry it into the log. */
export function maskSecrets(value: Json, secrets: Secrets): Json {
  const mask = maskFor(secrets)
  if (!mask) return value
  const walk = (part: Json): Json => {
    if (typeof part === 'string') return mask(part)
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [mask(key), walk(item as Json)]))
  }
  return walk(value)
}

/** What is done with secrets, such that neither its answer nor why it failed holds one. */
export async function withoutSecrets(secrets: Secrets, work: () => Promise<Json>): Promise<Json> {
  try {
    return maskSecrets(await work(), secrets)
  } catch (error) {
    const mask = maskFor(secrets)
    if (!mask || !(error instanceof NodeError)) throw error
    throw new NodeError({ ...error.failure, message: mask(error.failure.message) })
  }
}
