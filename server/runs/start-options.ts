import { z } from 'zod'
import type { Json } from '@/engine/json'
import { Budget } from '@/engine/run/budget'
import { RecordedFile } from '@/server/models/recording'
import type { Actor } from '@/server/people/actor'
import { done, notFound, type Outcome } from '@/server/refusal'
import { findRun } from '@/server/runs/find-run'
import type { CassetteSetting } from '@/server/runtime/types'
import type { Deps } from '@/server/use-case'

/** That it is JSON is known where a body comes in. */
export const json = z.unknown().optional() as unknown as z.ZodOptional<z.ZodType<Json>>

export const Cassette = z
  .strictObject({
    mode: z.enum(['record', 'replay', 'off']),
    runId: z.string().optional().describe('Replay: the run whose recordings are played.'),
    file: (RecordedFile as unknown as z.ZodType<Json>).optional().describe('Replay: an exported cassette.'),
  })
  .refine(({ mode, runId, file }) => mode === 'replay' || (runId === undefined && file === undefined), {
    message: 'takes runId or file with mode replay only',
  })
  .refine(({ mode, runId, file }) => mode !== 'replay' || (runId === undefined) !== (file === undefined), {
    message: 'needs either runId or file with mode replay',
  })

export const startOptions = {
  input: json.describe('The fields of the input node.'),
  wait: z
    .number()
    .min(0)
    .max(300)
    .optional()
    .describe('Seconds to wait for the end; without it the answer comes at once.'),
  idempotencyKey: z.string().min(1).max(200).optional().describe('The same key and body again is the same run.'),
  budget: Budget.optional(),
  cassette: Cassette.optional(),
}

export type StartOptions = {
  input?: Json | undefined
  wait?: number | undefined
  idempotencyKey?: string | undefined
  budget?: z.infer<typeof Budget> | undefined
  cassette?: z.infer<typeof Cassette> | undefined
}

/** Another workspace's run is no cassette of ours. */
export async function readCassette(
  deps: Deps,
  actor: Actor,
  { cassette }: StartOptions,
): Promise<Outcome<CassetteSetting | null>> {
  if (cassette === undefined || cassette.mode === 'off') return done(null)
  if (cassette.mode === 'record') return done({ mode: 'record' })
  const { runId, file } = cassette
  if (runId === undefined) return done({ mode: 'replay', ...(file === undefined ? {} : { file }) })
  return (await findRun(deps, actor, runId)) ? done({ mode: 'replay', runId }) : notFound('run to replay')
}
