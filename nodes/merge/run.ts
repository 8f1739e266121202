import { defineRun } from '@/engine/kind/run'
import { mergeSpec } from './spec'

export const mergeRun = defineRun(mergeSpec, ({ config, arrived, input }) => {
  const sources = arrived()
  if (config.mode === 'any') return { output: sources[0] === undefined ? input() : sources[0].value }
  return { output: Object.fromEntries(sources.map(({ source, value }) => [source, value])) }
})
