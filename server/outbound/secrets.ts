import { isJsonObject, type Json, type JsonObject } from '@/engine/json'

export type ReadSecret = (name: string) => Promise<string>

/** Puts the values in where `{ secret: name }` stands: at the last moment, so that they are never in a log or a payload. */
export async function withSecrets(value: Json, secret: ReadSecret): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map((item: Json) => withSecrets(item, secret)))
  if (!isJsonObject(value)) return value
  const name = secretName(value)
  if (name !== undefined) return secret(name)
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withSecrets(item, secret)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

function secretName(value: JsonObject): string | undefined {
  const keys = Object.keys(value)
  return keys.length === 1 && keys[0] === 'secret' && typeof value.secret === 'string' ? value.secret : undefined
}
