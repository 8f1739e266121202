import type { Json } from '@/engine/json'
import type { SecretPlace } from '@/engine/kind/run'

type ReadSecret = (name: string) => Promise<string>

/** Puts secrets where the config names them, at the last moment and in a copy: they are in no log and no payload. */
export async function placeSecrets(
  value: unknown,
  places: readonly SecretPlace[],
  read: ReadSecret,
): Promise<{ placed: Json; used: ReadonlyMap<string, string> }> {
  let placed = value as Json
  const used = new Map<string, string>()
  for (const { name, path } of places) {
    const secret = await read(name)
    used.set(name, secret)
    placed = withAt(placed, path, secret)
  }
  return { placed, used }
}

function withAt(value: Json, [key, ...rest]: readonly (string | number)[], secret: string): Json {
  if (key === undefined) return secret
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, index) => (index === Number(key) ? withAt(item, rest, secret) : item))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === String(key) ? withAt(item as Json, rest, secret) : item,
    ]),
  )
}
