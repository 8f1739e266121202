import { NodeError } from '@/engine/failure'
import type { ToolCall } from '@/engine/model/types'
import { canonicalText } from '@/engine/same-json'

/** Stops a model that makes the same call again and again. */
export function loopGuard(most: number): (calls: readonly ToolCall[]) => void {
  let last = ''
  let times = 0
  return (calls) => {
    for (const { name, arguments: given } of calls) {
      const key = canonicalText([name, given])
      times = key === last ? times + 1 : 1
      last = key
      if (times < most) continue
      const message = `The agent called ${name} ${times} times in a row with the same arguments. Make its instructions clearer, or give it another tool.`
      throw new NodeError({ code: 'loop_guard', message })
    }
  }
}
