import { z } from 'zod'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  text: z.string().max(20_000).default('').meta({ title: 'Text', description: 'For the people who read the canvas.' }),
  color: z.string().max(40).optional().meta({ title: 'Colour', description: 'Of the paper.' }),
})
export type NoteConfig = z.infer<typeof config>

export const noteSpec = defineSpec<NoteConfig>({
  kind: 'note',
  title: 'Note',
  summary: 'Words beside the nodes. Runs take no notice of it.',
  family: 'note',
  config,
  ports: () => [],
  expressions: () => [],
  work: () => 'inline',
  repeatable: () => true,
  defaultRetries: 0,
})
