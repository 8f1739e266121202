import { defineRun } from '@/engine/kind/run'
import { codeSpec } from './spec'

export const codeRun = defineRun(codeSpec, async ({ config, input, value, steps }) => {
  const used = config.uses.map((name, index) => [name, value(`uses.${index}`)] as const)
  const output = await steps.code('run', {
    source: config.source,
    input: { ...Object.fromEntries(used), input: input() },
  })
  return { output }
})
