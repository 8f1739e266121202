import { z } from 'zod'
import { checkFields, InputField } from '@/engine/input'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  fields: z
    .array(InputField)
    .max(100)
    .default([])
    .meta({ title: 'Fields', description: 'What the workflow is started with.' }),
})
export type InputConfig = z.infer<typeof config>

export const inputSpec = defineSpec<InputConfig>({
  kind: 'input',
  title: 'Input',
  summary: 'Where a run begins: the fields that it is started with.',
  family: 'ends',
  config,
  ports: () => ['out'],
  expressions: () => [],
  work: () => 'inline',
  repeatable: () => true,
  defaultRetries: 0,
  check: ({ fields }) => checkFields(fields, 'fields'),
  outputFields: ({ fields }) => fields.map((field) => field.name),
  place: { insideBoxes: false },
})
