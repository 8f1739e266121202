import type { Json } from '@/engine/json'
import { defineRun } from '@/engine/kind/run'
import { approvalSpec } from './spec'

export const approvalRun = defineRun(approvalSpec, ({ config, resumed, text }) => {
  if (resumed?.type === 'decision') {
    const { decision, comment, by, fields } = resumed
    return { pass: true, ports: [decision], detail: { decision, comment: comment ?? null, by, fields: fields ?? {} } }
  }
  return {
    wait: {
      reason: 'approval',
      title: text('title'),
      message: text('message'),
      fields: config.fields as Json,
      onTimeout: config.onTimeout,
      ...(config.timeoutSeconds === undefined ? {} : { timeoutSeconds: config.timeoutSeconds }),
    },
  }
})
