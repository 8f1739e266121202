import { z } from 'zod'
import { json } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  template: json.meta({
    title: 'Template',
    description:
      'Text with {{ references }}; with `as: json` a structure whose texts are, where exactly one {{ reference }} keeps its type.',
  }),
  as: z.enum(['text', 'json']).default('text').meta({ title: 'As', description: 'What comes out.' }),
})
export type TransformConfig = z.infer<typeof config>

export const transformSpec = defineSpec<TransformConfig>({
  kind: 'transform',
  title: 'Transform',
  summary: 'Makes new text or data from what there is.',
  family: 'data',
  config,
  ports: () => ['out'],
  expressions: ({ template, as }) => {
    if (as === 'json') return [{ field: 'template', type: 'structure', source: template }]
    return typeof template === 'string' ? [{ field: 'template', type: 'text', source: template }] : []
  },
  work: () => 'inline',
  repeatable: () => true,
  defaultRetries: 0,
  check: ({ template, as }) =>
    as === 'json' || typeof template === 'string'
      ? []
      : [
          {
            code: 'invalid_config',
            field: 'template',
            message: 'The template of a text must be text. Write it as text, or set `as: json`.',
          },
        ],
  outputFields: ({ template, as }) =>
    as === 'json' && typeof template === 'object' && template !== null && !Array.isArray(template)
      ? Object.keys(template)
      : null,
})
