import { defineRun } from '@/engine/kind/run'
import { outputSpec } from './spec'

export const outputRun = defineRun(outputSpec, ({ config, input, structure }) => ({
  output: config.value === undefined ? input() : structure('value'),
  ports: [],
}))
