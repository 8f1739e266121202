import type { Failure } from '../failure'
import type { Json } from '../json'
import type { Ref } from '../payload'
import type { Fact } from './events'
import { mayRetry, retryDelay } from './retry'
import type { Instance } from './schedule'
import { isOpen } from './schedule'
import type { NodeState } from './state'

type Circumstances = { attempt: number; now: number; random: number; keep: (value: Json) => Ref }

/** What a failed attempt leads to: another one, an output that says what went wrong, or the end of the node. */
export function afterFailure(
  instance: Instance,
  before: NodeState | undefined,
  failure: Failure,
  { attempt, now, random, keep }: Circumstances,
): Fact {
  const { node, key: path, scope } = instance
  const first = before && 'first' in before ? before.first : 1
  const tried = attempt - first + 1
  const isWorth = node.inside !== null || mayRetry(failure)
  const delay = isWorth ? retryDelay(node.retry, tried, failure, random) : null
  // Where everything around it is closing, nothing new starts, not even another attempt.
  if (delay !== null && isOpen(scope)) {
    return { type: 'node.retrying', path, attempt, failure, retryAt: now + delay }
  }
  if (node.onError === 'fail') return { type: 'node.failed', path, attempt, failure }
  const output = keep({ error: { code: failure.code, message: failure.message } })
  const port = node.onError === 'branch' ? 'error' : (node.spec.ports(node.config as never)[0] ?? 'out')
  return { type: 'node.failed', path, attempt, failure, handled: { port, output } }
}
