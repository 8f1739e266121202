import { z } from 'zod'
import { printJson, printYaml } from '@/engine/graph/print'
import { specs } from '@/nodes/registry/specs'
import type { Actor } from '@/server/people/actor'
import { done, notFound } from '@/server/refusal'
import { type Deps, forRole } from '@/server/use-case'
import { findWorkflow } from '@/server/workflows/find-workflow'
import { getVersion, versionNumber } from '@/server/workflows/get-version'
import { workflowId } from '@/server/workflows/get-workflow'
import { loadCompiled } from '@/server/workflows/load-graph'

export const ExportWorkflow = z.strictObject({
  id: workflowId,
  format: z.enum(['yaml', 'json']).default('yaml'),
  version: versionNumber.optional().describe('Left out: the draft.'),
})
type Input = z.infer<typeof ExportWorkflow>

export type ExportedFile = { name: string; text: string }

export const exportWorkflow = forRole('viewer', async (deps, actor, input: Input) => {
  const row = await findWorkflow(deps, actor, input.id)
  const graph = row && (input.version === undefined ? row.draft : await graphOf(deps, actor, input))
  if (!graph) return notFound(row ? 'version' : 'workflow')
  const text = input.format === 'json' ? printJson(graph, specs) : printYaml(graph, specs)
  return done<ExportedFile>({ name: `${row.slug}.${input.format}`, text })
})

async function graphOf(deps: Deps, actor: Actor, { id, version }: Input) {
  const found = version === undefined ? null : await getVersion(deps, actor, { id, version })
  if (!found?.ok) return null
  const compiled = await loadCompiled(deps, actor.workspaceId, found.value.graphHash)
  return compiled?.graph ?? null
}
