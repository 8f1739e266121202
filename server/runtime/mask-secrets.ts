import type { Json } from '@/engine/json'

/** Shorter ones would be found in words by accident, and protect nothing. */
const shortest = 6

/** An answer that repeats a secret it was sent must not carry it into the log. */
export function maskSecrets(value: Json, secrets: ReadonlyMap<string, string>): Json {
  const worth = [...secrets].filter(([, text]) => text.length >= shortest)
  if (worth.length === 0) return value
  const mask = (text: string) =>
    worth.reduce((masked, [name, secret]) => masked.replaceAll(secret, `[secret ${name}]`), text)
  const walk = (part: Json): Json => {
    if (typeof part === 'string') return mask(part)
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [mask(key), walk(item as Json)]))
  }
  return walk(value)
}
