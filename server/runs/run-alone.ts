import { z } from 'zod'
import type { JsonObject } from '@/engine/json'
import { aloneGraph } from '@/engine/plan/alone'
import { specs } from '@/nodes/registry/specs'
import { notFound, refuse } from '@/server/refusal'
import { launch } from '@/server/runs/launch'
import { startOptions } from '@/server/runs/start-options'
import { forRole } from '@/server/use-case'
import { findWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'
import { keepGraph } from '@/server/workflows/load-graph'

const { wait, idempotencyKey, budget } = startOptions

export const RunAlone = z.strictObject({
  id: workflowId,
  node: z.string().max(100),
  given: (z.record(z.string().max(100), z.unknown()) as unknown as z.ZodType<JsonObject>)
    .optional()
    .describe('What the node refers to, by name, and `input`: what arrives at it.'),
  wait,
  idempotencyKey,
  budget,
})

/**
 * One node of the draft, with what lies in it, run by itself. It is a run like any other, of a graph made for it: it belongs
 * to no workflow, so it counts in none's history or success rate.
 */
export const runAlone = forRole('operator', async (deps, actor, input: z.infer<typeof RunAlone>) => {
  const { id, node, given = {}, ...options } = input
  const row = await findWorkflow(deps, actor, id)
  if (!row) return notFound('workflow')
  if (!row.draft.nodes.some((each) => each.id === node)) return notFound('node')
  const alone = aloneGraph({ graph: row.draft, specs }, node, given)
  if (!alone.ok) {
    const problems = alone.problems.map((problem) => ({ code: 'invalid_input', ...problem }))
    return refuse('invalid_input', problems[0]?.message ?? 'This node can not run alone.', { problems })
  }
  const compiled = deps.plans.ofGraph(alone.graph)
  if (compiled.plan !== null) await keepGraph(deps, actor.workspaceId, compiled)
  // The node itself is what is tried; what lies in it keeps its pins.
  const pins = Object.fromEntries(
    Object.entries(row.pins).filter(([pinned]) => pinned !== node && alone.inside.includes(pinned)),
  )
  return launch(deps, actor, {
    compiled,
    workflowId: null,
    version: null,
    options: { ...options, input: alone.input },
    pins,
    body: { graph: compiled.hash, input: alone.input, pins, budget: options.budget },
    trigger: actor.keyId === null ? 'manual' : 'api',
  })
})
