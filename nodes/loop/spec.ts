import { z } from 'zod'
import { expression } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  until: expression({
    title: 'Until',
    description:
      'Checked after each iteration (CEL). It sees the nodes inside, output (the result of the iteration) and iteration.',
  }),
  maxIterations: z
    .int()
    .min(1)
    .max(10_000)
    .meta({ title: 'Most iterations', description: 'How often it is done at most.' }),
  onLimit: z.enum(['continue', 'fail']).default('continue').meta({
    title: 'At the limit',
    description: 'continue: go on with the last result. fail: the loop fails.',
  }),
})
export type LoopConfig = z.infer<typeof config>

export const loopSpec = defineSpec<LoopConfig>({
  kind: 'loop',
  title: 'Loop',
  summary: 'Does what is inside again until a condition holds.',
  family: 'flow',
  config,
  ports: () => ['out'],
  expressions: ({ until }) => [{ field: 'until', type: 'condition', source: until, inside: true }],
  work: () => 'steps',
  repeatable: () => true,
  defaultRetries: 0,
  box: { binds: ['iteration', 'previous'], absorbsFailure: () => false },
})
