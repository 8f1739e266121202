import { NodeError } from '@/engine/failure'
import { checkInput } from '@/server/runs/check-input'
import type { ChildRequest } from '@/server/runtime/deps'
import type { Deps } from '@/server/use-case'
import { findRunnable } from '@/server/workflows/find-runnable'

/** The run of a `workflow` node, in the workspace of its parent. Asked twice with the same id it is the same run. */
export async function startChild(deps: Deps, child: ChildRequest): Promise<{ runId: string }> {
  const { workspaceId, workflow, version, id, parent, budget } = child
  const found = await findRunnable(deps, { workspaceId, workflow, version })
  if (!found.ok) {
    const named =
      found.code === 'not_published'
        ? `The workflow ${workflow} has no published version.`
        : `There is no workflow ${workflow}${version === undefined ? '' : ` with a version ${version}`}.`
    throw new NodeError({ code: 'not_found', message: named })
  }
  const { compiled, workflowId, version: number } = found.value
  if (compiled.plan === null)
    throw new NodeError({ code: 'invalid_config', message: `The workflow ${workflow} does not compile.` })
  const input = await checkInput(deps, workspaceId, { fields: compiled.fields, given: child.input, at: 'input' })
  if (!input.ok) {
    const why = (input.problems ?? []).map(({ message }) => message).join(' ')
    throw new NodeError({ code: 'invalid_input', message: `The workflow ${workflow} was given a wrong input. ${why}` })
  }
  const answer = await deps.runtime.start({
    workspaceId,
    workflowId,
    version: number,
    graphHash: compiled.hash,
    plan: compiled.plan,
    input: input.value,
    trigger: 'run',
    createdBy: null,
    attended: false,
    parent: { ...parent, id },
    ...(budget === undefined ? {} : { budget }),
  })
  if (answer.type === 'busy') {
    const message = 'The system is full at the moment.'
    throw new NodeError({ code: 'rate_limited', message, retry: { afterMs: answer.retryAfterSeconds * 1_000 } })
  }
  return { runId: answer.runId }
}
