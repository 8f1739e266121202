import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { loadRun } from '@/server/runs/find-run'
import { viewRun } from '@/server/runs/run-view'
import { forRole } from '@/server/use-case'

export const runId = z.string().describe('Id of the run.')
export const GetRun = z.strictObject({ id: runId })

export const getRun = forRole('viewer', async (deps, actor, { id }: z.infer<typeof GetRun>) => {
  const found = await loadRun(deps, actor, id)
  return found ? done(await viewRun(deps, found.row, found)) : notFound('run')
})
