import { NodeError } from '@/engine/failure'
import { defineRun } from '@/engine/kind/run'
import { workflowSpec } from './spec'

export const workflowRun = defineRun(workflowSpec, async ({ config, input, structure, steps, attempt, resumed }) => {
  // A child run that failed stays failed: another attempt starts another one.
  const { runId } = await steps.child(attempt === 1 ? 'child' : `child.${attempt}`, {
    workflow: config.workflow,
    input: config.input === undefined ? input() : structure('input'),
    ...(config.version === undefined ? {} : { version: config.version }),
  })
  if (resumed?.type !== 'child') return { wait: { reason: 'child', runId } }
  const result = await steps.childResult(runId)
  if (result.status === 'completed') return { output: result.output }
  const happened = result.status === 'failed' ? `failed: ${result.failure.message}` : 'was cancelled.'
  throw new NodeError({
    code: 'run_failed',
    message: `The run ${runId} of the workflow ${config.workflow} ${happened}`,
  })
})
