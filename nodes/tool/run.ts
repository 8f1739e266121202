import { defineRun } from '@/engine/kind/run'
import { toolSpec } from './spec'

export const toolRun = defineRun(toolSpec, async ({ config, structure, secrets, steps }) => ({
  output: await steps.tool('call', {
    tool: config.tool,
    arguments: structure('arguments'),
    secrets: secrets('arguments'),
  }),
}))
