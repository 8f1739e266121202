import { z } from 'zod'
import { json, plainText } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  workflow: plainText({ title: 'Workflow', description: 'Its short name or id.' }, 200),
  version: z.int().min(1).optional().meta({ title: 'Version', description: 'Left out: the newest published one.' }),
  input: json.optional().meta({
    title: 'Input',
    description:
      'What it is started with. Texts may hold {{ references }}; exactly one {{ reference }} keeps its type. Left out: what arrives.',
  }),
})
export type WorkflowConfig = z.infer<typeof config>

export const workflowSpec = defineSpec<WorkflowConfig>({
  kind: 'workflow',
  title: 'Workflow',
  summary: 'Runs another workflow and passes on its result.',
  family: 'flow',
  config,
  ports: () => ['out'],
  expressions: ({ input }) => (input === undefined ? [] : [{ field: 'input', type: 'structure', source: input }]),
  work: () => 'steps',
  repeatable: () => true,
  defaultRetries: 0,
})
