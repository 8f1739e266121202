import { NodeError } from '@/engine/failure'
import { defineBox } from '@/engine/kind/run'
import { loopSpec } from './spec'

export const loopRun = defineBox(loopSpec, ({ config, opened, scopeResult, testInside }) => {
  const done = opened.length
  const again = { open: { type: 'iteration' as const, index: done }, value: null }
  if (done === 0) return again
  const latest = scopeResult(done - 1)
  if (latest.status === 'failed') {
    const message = `Iteration ${done - 1} (counted from 0) failed at ${latest.path}: ${latest.failure.message}`
    throw new NodeError({ code: latest.failure.code, message })
  }
  if (testInside('until', done - 1)) return { output: latest.value }
  if (done < config.maxIterations) return again
  if (config.onLimit === 'continue') return { output: latest.value }
  const message = `The loop ran ${done} times and its condition still does not hold. Raise maxIterations, or set onLimit to continue.`
  throw new NodeError({ code: 'loop_limit', message })
})
