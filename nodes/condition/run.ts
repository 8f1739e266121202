import { defineRun } from '@/engine/kind/run'
import { conditionSpec } from './spec'

export const conditionRun = defineRun(conditionSpec, ({ test }) => {
  const result = test('expression')
  return { pass: true, ports: [String(result)], detail: { result } }
})
