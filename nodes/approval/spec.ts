import { z } from 'zod'
import { checkFields, InputField } from '@/engine/input'
import { template } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const config = z.strictObject({
  title: template({ title: 'Title', description: 'The question. May hold {{ references }}.' }),
  message: template({
    title: 'Message',
    description: 'What the person should know. May hold {{ references }}.',
  }).default(''),
  fields: z.array(InputField).max(100).default([]).meta({
    title: 'Fields',
    description: 'What the person may fill in with the decision.',
  }),
  timeoutSeconds: z.number().positive().max(31_536_000).optional().meta({
    title: 'Deadline in seconds',
    description: 'Left out: it waits as long as it takes.',
  }),
  onTimeout: z.enum(['approve', 'reject', 'fail']).default('reject').meta({
    title: 'At the deadline',
    description: 'What happens when nobody has decided.',
  }),
})
export type ApprovalConfig = z.infer<typeof config>

export const approvalSpec = defineSpec<ApprovalConfig>({
  kind: 'approval',
  title: 'Approval',
  summary: 'Waits for a person to approve or reject.',
  family: 'human',
  config,
  ports: () => ['approved', 'rejected'],
  expressions: ({ title, message }) => [
    { field: 'title', type: 'text', source: title },
    { field: 'message', type: 'text', source: message },
  ],
  work: () => 'steps',
  repeatable: () => true,
  defaultRetries: 0,
  check: ({ fields }) => checkFields(fields, 'fields'),
  outputFields: () => ['decision', 'comment', 'by', 'fields'],
})
