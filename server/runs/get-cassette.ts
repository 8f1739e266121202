import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { cassetteEntries } from '@/server/runs/cassette-entries'
import { findRun } from '@/server/runs/find-run'
import { runId } from '@/server/runs/get-run'
import { readLog } from '@/server/runs/read-events'
import { readPayload } from '@/server/runs/read-payload'
import { forRole } from '@/server/use-case'

export const GetCassette = z.strictObject({ id: runId })
const Entry = z.looseObject({ path: z.string(), step: z.string(), requestHash: z.string(), result: z.unknown() })
export const CassetteFile = z.object({ cassette: z.literal(1), runId: z.string(), entries: z.array(Entry) })

/** The recordings of a run, to be played back by another one. */
export const getCassette = forRole('viewer', async (deps, actor, { id }: z.infer<typeof GetCassette>) => {
  const run = await findRun(deps, actor, id)
  if (!run) return notFound('run')
  const entries = await cassetteEntries(await readLog(deps, id), (hash) => readPayload(deps, run.workspaceId, hash))
  return done({ cassette: 1 as const, runId: id, entries })
})
