import { z } from 'zod'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  mode: z.enum(['all', 'any']).default('all').meta({
    title: 'Mode',
    description: 'all: waits for every branch and puts the results side by side. any: goes on with the first one.',
  }),
})
export type MergeConfig = z.infer<typeof config>

export const mergeSpec = defineSpec<MergeConfig>({
  kind: 'merge',
  title: 'Merge',
  summary: 'Brings branches together again.',
  family: 'flow',
  config,
  ports: () => ['out'],
  expressions: () => [],
  work: () => 'inline',
  repeatable: () => true,
  defaultRetries: 0,
  join: ({ mode }) => mode,
})
