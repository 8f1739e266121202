import { z } from 'zod'
import { isJsonObject } from '@/engine/json'
import { jsonObject, name, plainText, template } from '@/engine/kind/fields'
import { defineSpec, type Finding } from '@/engine/kind/spec'

const toolName = plainText({ title: 'Tool', description: 'Its name in the registry.' }, 200)

const config = z.strictObject({
  model: plainText(
    {
      title: 'Model',
      description:
        'An alias such as default, fast or smart, or connection/model. Left out: that of the role, else default.',
    },
    200,
  ).optional(),
  instructions: template({
    title: 'Instructions',
    description: 'Who the agent is and how it works. May hold {{ references }}.',
  }).default(''),
  prompt: template({
    title: 'Prompt',
    description:
      'The task. May hold {{ references }}. Left out: in a team the task of the turn, elsewhere what arrives.',
  }).optional(),
  tools: z
    .array(z.union([toolName, z.strictObject({ tool: toolName, approval: z.enum(['always', 'never']) })]))
    .max(100)
    .default([])
    .meta({ title: 'Tools', description: 'What the agent may use, and whether a person is asked before each call.' }),
  outputSchema: jsonObject.optional().meta({
    title: 'Output schema',
    description: 'A JSON Schema (2020-12). The answer is checked against it and becomes `data`.',
  }),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .meta({ title: 'Temperature', description: 'How freely it chooses words.' }),
  maxOutputTokens: z.int().min(1).max(1_000_000).optional().meta({
    title: 'Longest answer',
    description: 'In tokens, of one model call.',
  }),
  maxSteps: z.int().min(1).max(100).default(8).meta({
    title: 'Most steps',
    description: 'How many model calls it may make. The last one is made without tools.',
  }),
  role: name({ title: 'Role', description: 'One of the roles of the graph.' }).optional(),
  autonomy: z.enum(['assisted', 'supervised', 'managed', 'full']).default('managed').meta({
    title: 'Autonomy',
    description:
      'When a person is asked before a tool is used: assisted always, supervised unless it only reads, managed if it is dangerous, full never.',
  }),
})
export type AgentConfig = z.infer<typeof config>

export const agentSpec = defineSpec<AgentConfig>({
  kind: 'agent',
  title: 'Agent',
  summary: 'A model with instructions and tools that works until its task is done.',
  family: 'people',
  config,
  ports: () => ['out'],
  expressions: ({ instructions, prompt }) => [
    { field: 'instructions', type: 'text', source: instructions },
    ...(prompt === undefined ? [] : [{ field: 'prompt', type: 'text', source: prompt } as const]),
  ],
  work: () => 'steps',
  repeatable: ({ tools }) => tools.length === 0,
  defaultRetries: 2,
  mentions: ({ tools, role, model }) => ({
    tools: tools.map((item) => (typeof item === 'string' ? item : item.tool)),
    roles: role === undefined ? [] : [role],
    models: model === undefined ? [] : [model],
  }),
  check: ({ tools }) => checkTools(tools),
  schemas: ({ outputSchema }) =>
    outputSchema === undefined ? [] : [{ field: 'outputSchema', schema: outputSchema, of: 'data' }],
  outputFields: ({ outputSchema }) => (outputSchema === undefined ? ['text', 'usage'] : ['text', 'data', 'usage']),
  checkOutput: (_config, output) =>
    isJsonObject(output) && typeof output.text === 'string' ? null : 'an agent gives an object with a `text`',
})

function checkTools(tools: AgentConfig['tools']): Finding[] {
  const seen = new Set<string>()
  return tools.flatMap((item, index): Finding[] => {
    const tool = typeof item === 'string' ? item : item.tool
    if (!seen.has(tool)) {
      seen.add(tool)
      return []
    }
    return [
      { code: 'duplicate_name', field: `tools.${index}`, message: `The tool ${tool} is listed twice. Remove one.` },
    ]
  })
}
