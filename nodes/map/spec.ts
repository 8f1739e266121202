import { z } from 'zod'
import { expression } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  items: expression({ title: 'Items', description: 'The list (CEL), like start.topics. At most 10,000 items.' }),
  concurrency: z
    .int()
    .min(1)
    .max(1_000)
    .default(10)
    .meta({ title: 'At once', description: 'How many items are worked on together.' }),
  onItemError: z.enum(['fail', 'null']).default('fail').meta({
    title: 'When an item fails',
    description: 'fail: the map fails. null: its place in the result is null.',
  }),
})
export type MapConfig = z.infer<typeof config>

export const mapSpec = defineSpec<MapConfig>({
  kind: 'map',
  title: 'Map',
  summary: 'Does what is inside once for every item of a list.',
  family: 'flow',
  config,
  ports: () => ['out'],
  expressions: ({ items }) => [{ field: 'items', type: 'value', source: items }],
  work: () => 'steps',
  repeatable: () => true,
  defaultRetries: 0,
  box: { binds: ['item', 'index'], absorbsFailure: ({ onItemError }) => onItemError === 'null' },
  checkOutput: (_config, output) => (Array.isArray(output) ? null : 'a map gives a list'),
})
