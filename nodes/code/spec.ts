import { z } from 'zod'
import { name } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  source: z.string().min(1).max(200_000).meta({
    title: 'Source',
    description: 'JavaScript. It gets `input` and the names in `uses`, and returns JSON.',
  }),
  uses: z
    .array(name({ title: 'Name', description: 'A node before this one, or item, index, iteration, previous.' }))
    .max(100)
    .default([])
    .meta({ title: 'Uses', description: 'What else the code may look at; each is a variable of that name.' }),
})
export type CodeConfig = z.infer<typeof config>

export const codeSpec = defineSpec<CodeConfig>({
  kind: 'code',
  title: 'Code',
  summary: 'Runs JavaScript in a sandbox.',
  family: 'data',
  config,
  ports: () => ['out'],
  expressions: ({ uses }) => uses.map((source, index) => ({ field: `uses.${index}`, type: 'value', source })),
  work: () => 'steps',
  repeatable: () => true,
  defaultRetries: 0,
  check: ({ uses }) =>
    uses.flatMap((used, index) =>
      uses.indexOf(used) === index && used !== 'input'
        ? []
        : [
            {
              code: 'duplicate_name',
              field: `uses.${index}`,
              message: `The code has ${used} already. Remove it from uses.`,
            },
          ],
    ),
})
