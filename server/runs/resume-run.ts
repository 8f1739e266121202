import { z } from 'zod'
import { Budget } from '@/engine/run/budget'
import { byOf } from '@/server/people/by'
import { runId } from '@/server/runs/get-run'
import { definedOnly } from '@/server/runs/launch'
import { sendCommand } from '@/server/runs/send-command'
import { forRole } from '@/server/use-case'

export const ResumeRun = z.strictObject({
  id: runId,
  budget: Budget.optional().describe('Limits to put in place of the present ones.'),
})

export const resumeRun = forRole('operator', (deps, actor, { id, budget }: z.infer<typeof ResumeRun>) =>
  sendCommand(deps, actor, id, {
    type: 'resume',
    by: byOf(actor),
    ...(budget === undefined ? {} : { budget: definedOnly(budget) }),
  }),
)
