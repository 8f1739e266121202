import type { ScopeResult } from '@/engine/kind/run'
import { isInline } from '@/engine/payload'
import { resolverOver, resultOf } from '@/engine/run/bindings'
import { flowingRef, type Resolver } from '@/engine/run/resolve'
import type { Instance } from '@/engine/run/schedule'
import { type Drive, readValue } from './drive'

/** How the expressions of this run find their values. */
export const resolverOf = (drive: Drive): Resolver =>
  resolverOver({
    state: drive.state,
    valueOf: (ref) => (isInline(ref) ? ref.inline : readValue(drive, ref)),
  })

export function scopeResult(drive: Drive, box: Instance, index: number): ScopeResult {
  const failed = box.box?.failures.get(index)
  if (failed) return { status: 'failed', ...failed }
  return { status: 'completed', value: resultOf(resolverOf(drive), box, index) }
}

export function turnResult(drive: Drive, box: Instance, member: string, turn: number): ScopeResult {
  const path = `${box.key}/${member}#${turn}`
  const node = drive.state.nodes.get(path)
  if (node?.status === 'failed' && !node.handled) return { status: 'failed', failure: node.failure, path }
  const ref = flowingRef(node)
  return { status: 'completed', value: ref ? readValue(drive, ref) : null }
}
