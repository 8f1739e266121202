import { z } from 'zod'
import { expression, plainText, template } from '@/engine/kind/fields'
import { defineSpec, type FieldExpression } from '@/engine/kind/spec'

const Rule = z.strictObject({
  type: z.literal('rule'),
  expression: expression({ title: 'Expression', description: 'A condition (CEL) that must be true.' }),
  message: plainText({ title: 'Message', description: 'What is said when it is not.' }).optional(),
})

const Rubric = z.strictObject({
  type: z.literal('rubric'),
  rubric: template({ title: 'Rubric', description: 'What good means, in words. May hold {{ references }}.' }),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .meta({ title: 'Threshold', description: 'The least grade that passes, from 0 to 1.' }),
  model: plainText({ title: 'Model', description: 'The model that grades. Left out: default.' }, 200).optional(),
  of: template({
    title: 'Of',
    description: 'What is graded. May hold {{ references }}. Left out: what arrives.',
  }).optional(),
})

const config = z.strictObject({
  checks: z
    .array(z.discriminatedUnion('type', [Rule, Rubric]))
    .min(1)
    .max(50)
    .meta({ title: 'Checks', description: 'All of them must pass.' }),
})
export type GateConfig = z.infer<typeof config>
export type Check = GateConfig['checks'][number]

export const gateSpec = defineSpec<GateConfig>({
  kind: 'gate',
  title: 'Gate',
  summary: 'Lets through what passes its checks.',
  family: 'flow',
  config,
  ports: () => ['pass', 'fail'],
  expressions: ({ checks }) => checks.flatMap(expressionsOf),
  work: ({ checks }) => (checks.some((check) => check.type === 'rubric') ? 'steps' : 'inline'),
  repeatable: () => true,
  defaultRetries: 2,
  mentions: ({ checks }) => ({
    models: checks.flatMap((check) => (check.type === 'rubric' && check.model !== undefined ? [check.model] : [])),
  }),
  outputFields: () => ['score', 'reasons'],
})

function expressionsOf(check: Check, index: number): FieldExpression[] {
  const at = `checks.${index}`
  if (check.type === 'rule') return [{ field: `${at}.expression`, type: 'condition', source: check.expression }]
  const rubric: FieldExpression = { field: `${at}.rubric`, type: 'text', source: check.rubric }
  return check.of === undefined ? [rubric] : [rubric, { field: `${at}.of`, type: 'text', source: check.of }]
}
