import { z } from 'zod'
import type { Delta } from '@/engine/run/delta'

/** Between processes. Notices are hints: whoever missed one finds everything in the log. */
export const relayChannel = 'baton_live'

const DeltaOfRun = z.strictObject({
  runId: z.string(),
  path: z.string(),
  step: z.string(),
  attempt: z.number(),
  offset: z.number(),
  text: z.string(),
})

const Notice = z.union([
  /** These runs are watched in the process; its watches hold for a while. */
  z.strictObject({ from: z.string(), watch: z.array(z.string()) }),
  z.strictObject({ from: z.string(), unwatch: z.array(z.string()) }),
  /** Somebody in the process waits for these runs to settle. */
  z.strictObject({ from: z.string(), await: z.array(z.string()) }),
  z.strictObject({ from: z.string(), settled: z.array(z.string()) }),
  /** Runs and the seq that their logs have come to. */
  z.strictObject({ from: z.string(), at: z.array(z.tuple([z.string(), z.number()])) }),
  z.strictObject({ from: z.string(), delta: DeltaOfRun }),
  /** A process has just come up, or heard nothing for a while: who watches what? */
  z.strictObject({ from: z.string(), hello: z.literal(true) }),
])
export type Notice = z.infer<typeof Notice>

export function readNotice(payload: string): Notice | null {
  try {
    return Notice.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}

/** PostgreSQL carries less than 8,000 bytes in a notice. */
const runsInNotice = 150
/** JSON may need six bytes for a character. */
const charactersInNotice = 1_200

export const inChunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / runsInNotice) }, (_, n) =>
    items.slice(n * runsInNotice, (n + 1) * runsInNotice),
  )

export type RunDelta = Delta & { runId: string }

/** Goes on where the other ended, so that one notice may carry both. */
export const follows = (before: RunDelta, after: RunDelta): boolean =>
  before.runId === after.runId &&
  before.path === after.path &&
  before.step === after.step &&
  before.attempt === after.attempt &&
  before.offset + before.text.length === after.offset

export function splitDelta(delta: RunDelta): RunDelta[] {
  const pieces: RunDelta[] = []
  for (let from = 0; from < delta.text.length; from += charactersInNotice) {
    const text = delta.text.slice(from, from + charactersInNotice)
    pieces.push({ ...delta, offset: delta.offset + from, text })
  }
  return pieces
}
