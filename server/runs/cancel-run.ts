import { z } from 'zod'
import { byOf } from '@/server/people/by'
import { runId } from '@/server/runs/get-run'
import { sendCommand } from '@/server/runs/send-command'
import { forRole } from '@/server/use-case'

export const CancelRun = z.strictObject({ id: runId, reason: z.string().max(2_000).optional() })

export const cancelRun = forRole('operator', (deps, actor, { id, reason }: z.infer<typeof CancelRun>) =>
  sendCommand(deps, actor, id, { type: 'cancel', by: byOf(actor), ...(reason === undefined ? {} : { reason }) }),
)
