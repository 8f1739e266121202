import { z } from 'zod'
import { template } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  seconds: z
    .union([
      z.number().nonnegative().max(31_536_000),
      template({ title: 'Seconds', description: 'Text with {{ references }} that makes a number.' }),
    ])
    .optional()
    .meta({ title: 'Seconds', description: 'How long: a number, or text with {{ references }} that makes one.' }),
  until: template({
    title: 'Until',
    description: 'A time like 2027-01-31T09:00:00Z, or text with {{ references }} that makes one.',
  }).optional(),
})
export type WaitConfig = z.infer<typeof config>

export const waitSpec = defineSpec<WaitConfig>({
  kind: 'wait',
  title: 'Wait',
  summary: 'Goes on after some time. No worker is held meanwhile.',
  family: 'flow',
  config,
  ports: () => ['out'],
  expressions: ({ seconds, until }) => [
    ...(typeof seconds === 'string' ? [{ field: 'seconds', type: 'text', source: seconds } as const] : []),
    ...(until === undefined ? [] : [{ field: 'until', type: 'text', source: until } as const]),
  ],
  work: () => 'steps',
  repeatable: () => true,
  defaultRetries: 0,
  check: ({ seconds, until }) =>
    (seconds === undefined) === (until === undefined)
      ? [{ code: 'invalid_config', message: 'Say either how many seconds to wait, or until when: one of the two.' }]
      : [],
})
