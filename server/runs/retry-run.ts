import { z } from 'zod'
import { byOf } from '@/server/people/by'
import { runId } from '@/server/runs/get-run'
import { sendCommand } from '@/server/runs/send-command'
import { forRole } from '@/server/use-case'

export const RetryRun = z.strictObject({ id: runId })

export const retryRun = forRole('operator', (deps, actor, { id }: z.infer<typeof RetryRun>) =>
  sendCommand(deps, actor, id, { type: 'retry', by: byOf(actor) }),
)
