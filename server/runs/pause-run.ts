import { z } from 'zod'
import { byOf } from '@/server/people/by'
import { runId } from '@/server/runs/get-run'
import { sendCommand } from '@/server/runs/send-command'
import { forRole } from '@/server/use-case'

export const PauseRun = z.strictObject({ id: runId })

export const pauseRun = forRole('operator', (deps, actor, { id }: z.infer<typeof PauseRun>) =>
  sendCommand(deps, actor, id, { type: 'pause', by: byOf(actor) }),
)
