import { defineRun } from '@/engine/kind/run'
import { mergeSpec } from './spec'

export const mergeRun = defineRun(mergeSpec, ({ config, arrived, input }) => {
  const sources = arrived()
  if (config.mode === 'all') return { output: Object.fromEntries(sources.map(({ source, value }) => [source, value])) }
  const [first, ...others] = sources
  if (first === undefined) return { output: input() }
  return { output: others.reduce((best, one) => (one.endedAt < best.endedAt ? one : best), first).value }
})
