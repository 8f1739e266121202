import { z } from 'zod'
import { isJsonObject, type Json } from '@/engine/json'
import { done, notFound } from '@/server/refusal'
import { findRun } from '@/server/runs/find-run'
import { runId } from '@/server/runs/get-run'
import { readPayload } from '@/server/runs/read-payload'
import { forRole } from '@/server/use-case'

export const GetPayload = z.strictObject({ id: runId, hash: z.string().max(100) })

/** A value whole. The hash alone opens nothing: it has to stand in the log of a run that may be read. */
export const getPayload = forRole('viewer', async (deps, actor, { id, hash }: z.infer<typeof GetPayload>) => {
  const run = /^[\w-]{20,100}$/.test(hash) ? await findRun(deps, actor, id) : null
  if (!run) return notFound('value')
  const rows = await deps.db.runEvent.findMany({
    where: { runId: run.id, event: { contains: `"hash":"${hash.replaceAll('_', String.raw`\_`)}"` } },
    orderBy: { seq: 'asc' },
    take: 1,
    select: { event: true },
  })
  const ref = rows[0] ? findRef(JSON.parse(rows[0].event) as Json, hash) : null
  if (!ref) return notFound('value')
  return done({ value: 'inline' in ref ? (ref.inline ?? null) : await readPayload(deps, run.workspaceId, hash) })
})

/** Looks at the fields of the event only, not into values, which could hold anything that looks like a ref. */
function findRef(event: Json, hash: string): { [key: string]: Json } | null {
  if (!isJsonObject(event)) return null
  const places = [event, event.waiting, event.handled].filter(isJsonObject)
  for (const value of places.flatMap((place) => Object.values(place))) {
    if (isJsonObject(value) && value.hash === hash && typeof value.size === 'number') return { ...value }
  }
  return null
}
