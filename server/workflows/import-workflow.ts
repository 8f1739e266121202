import { z } from 'zod'
import { readGraph } from '@/engine/graph/read'
import { specs } from '@/nodes/registry/specs'
import { done, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { addWorkflow, workflowName } from '@/server/workflows/create-workflow'

export const ImportWorkflow = z.strictObject({
  text: z.string().min(1).max(8_000_000).describe('The file: YAML or JSON.'),
  name: workflowName.optional().describe('Replaces the name in the graph.'),
})

export const importWorkflow = forRole('editor', async (deps, actor, { text, name }: z.infer<typeof ImportWorkflow>) => {
  const read = readGraph(text, specs)
  if (!read.ok)
    return refuse('invalid_graph', 'This is not a graph in the format of Baton.', { problems: read.problems })
  return done(await addWorkflow(deps, actor, name === undefined ? read.graph : { ...read.graph, name }))
})
