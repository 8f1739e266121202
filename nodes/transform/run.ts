import { defineRun } from '@/engine/kind/run'
import { transformSpec } from './spec'

export const transformRun = defineRun(transformSpec, ({ config, text, structure }) => ({
  output: config.as === 'text' ? text('template') : structure('template'),
}))
