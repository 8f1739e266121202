import { z } from 'zod'
import { jsonObject, plainText } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  tool: plainText({ title: 'Tool', description: 'Its name in the registry, like calculator or mcp/server/tool.' }, 200),
  arguments: jsonObject.prefault({}).meta({
    title: 'Arguments',
    description: 'Their texts may hold {{ references }}; { secret: name } stands for a secret.',
  }),
})
export type ToolConfig = z.infer<typeof config>

export const toolSpec = defineSpec<ToolConfig>({
  kind: 'tool',
  title: 'Tool',
  summary: 'Uses one tool, without a model.',
  family: 'data',
  config,
  ports: () => ['out'],
  expressions: ({ arguments: values }) => [{ field: 'arguments', type: 'structure', source: values }],
  work: () => 'steps',
  repeatable: () => false,
  defaultRetries: 0,
  mentions: ({ tool }) => ({ tools: [tool] }),
})
