import { z } from 'zod'
import { json } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  value: json.optional().meta({
    title: 'Value',
    description:
      'The result: text with {{ references }}, or a structure whose texts are. Exactly one {{ reference }} keeps its type. Left out: what arrives.',
  }),
})
export type OutputConfig = z.infer<typeof config>

export const outputSpec = defineSpec<OutputConfig>({
  kind: 'output',
  title: 'Output',
  summary: 'The result of the run, or of the box around it.',
  family: 'ends',
  config,
  ports: () => [],
  expressions: ({ value }) => (value === undefined ? [] : [{ field: 'value', type: 'structure', source: value }]),
  work: () => 'inline',
  repeatable: () => true,
  defaultRetries: 0,
})
