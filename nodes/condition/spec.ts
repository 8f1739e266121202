import { z } from 'zod'
import { expression } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  expression: expression({ title: 'Expression', description: 'A condition (CEL), like start.n > 10.' }),
})
export type ConditionConfig = z.infer<typeof config>

export const conditionSpec = defineSpec<ConditionConfig>({
  kind: 'condition',
  title: 'Condition',
  summary: 'Goes one way when an expression is true, the other when it is false.',
  family: 'flow',
  config,
  ports: () => ['true', 'false'],
  expressions: ({ expression }) => [{ field: 'expression', type: 'condition', source: expression }],
  work: () => 'inline',
  repeatable: () => true,
  defaultRetries: 0,
  outputFields: () => ['result'],
})
