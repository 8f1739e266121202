import { z } from 'zod'
import { InputField } from '@/engine/input'
import type { JsonObject } from '@/engine/json'
import { parsePath } from '@/engine/path'
import type { Actor } from '@/server/people/actor'
import { byOf } from '@/server/people/by'
import { done, notFound, type Outcome } from '@/server/refusal'
import { checkInput } from '@/server/runs/check-input'
import { findRun } from '@/server/runs/find-run'
import { runId } from '@/server/runs/get-run'
import { sendCommand } from '@/server/runs/send-command'
import { type Deps, forRole } from '@/server/use-case'

export const DecideRun = z.strictObject({
  id: runId,
  path: z.string().max(2_000).describe('Where the run waits, as one URL-encoded segment.'),
  decision: z.enum(['approved', 'rejected']),
  comment: z.string().max(20_000).optional(),
  fields: (z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>).optional(),
})
type Input = z.infer<typeof DecideRun>

export const decideRun = forRole('operator', async (deps, actor, input: Input) => {
  const { id, path, decision, comment } = input
  if (parsePath(path) === null || !(await findRun(deps, actor, id))) return notFound('run or waiting place')
  const fields = await checkFields(deps, actor, input)
  if (!fields.ok) return fields
  return sendCommand(deps, actor, id, {
    type: 'decide',
    path,
    decision,
    by: byOf(actor),
    ...(comment === undefined ? {} : { comment }),
    ...(fields.value === null ? {} : { fields: fields.value }),
  })
})

/** Whether the place still waits is for the runtime to say, in the same transaction that takes the decision. */
async function checkFields(
  deps: Deps,
  { workspaceId }: Actor,
  { id, path, decision, fields: given }: Input,
): Promise<Outcome<JsonObject | null>> {
  const node = (await deps.runtime.read(id))?.nodes.get(path)
  if (node?.status !== 'waiting' || node.waiting.reason !== 'approval') return done(given ?? null)
  const drawn = z.array(InputField).safeParse(node.waiting.fields)
  // Who rejects need not fill in what only an approval needs.
  const fields = (drawn.data ?? []).map((field) => (decision === 'approved' ? field : { ...field, required: false }))
  return checkInput(deps, workspaceId, { fields, given: given ?? {}, at: 'fields' })
}
