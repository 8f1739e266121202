import { isJsonObject, type Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import type { Deps } from '@/server/use-case'

/** The values that did not come with their events, read together. */
export async function readValues(
  { db }: Pick<Deps, 'db'>,
  workspaceId: string,
  events: readonly RunEvent[],
): Promise<(ref: Ref) => Json> {
  const hashes = [...new Set(events.flatMap(absentIn))]
  if (hashes.length === 0) return () => null
  const rows = await db.payload.findMany({ where: { workspaceId, hash: { in: hashes } } })
  const known = new Map(rows.map(({ hash, body }) => [hash, JSON.parse(body) as Json]))
  return ({ hash }) => known.get(hash) ?? null
}

/** Refs stand in fields of an event or one level below. */
function absentIn(event: RunEvent): string[] {
  const fields = event as unknown as { readonly [key: string]: Json }
  const places = [fields, fields.waiting, fields.handled].filter(isJsonObject)
  return places
    .flatMap((place) => Object.values(place))
    .flatMap((value) =>
      isJsonObject(value) && typeof value.hash === 'string' && !('inline' in value) ? [value.hash] : [],
    )
}
