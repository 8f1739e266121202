import type { PathKey } from '../path'
import type { PlanNode, PlanScope } from '../plan/plan'
import type { ScopeFailure } from './schedule'
import type { RunState } from './state'

type Found = ScopeFailure & { endedAt: number }

/**
 * What a scope failed of: the earliest failure that nothing dealt with, named where it happened and not by the boxes around
 * it. Read from the state alone, so that it is the same whoever drove the run. Only failures ask, so it may look at all.
 */
export function firstFailure(state: RunState, scope: PlanScope, prefix: string): ScopeFailure | null {
  let first: Found | null = null
  for (const node of scope.nodes) first = earlier(first, failureAt(state, prefix + node.id, node))
  return first && { failure: first.failure, path: first.path }
}

function failureAt(state: RunState, path: PathKey, node: PlanNode): Found | null {
  const known = state.nodes.get(path)
  if (known?.status !== 'failed' || known.handled) return null
  const { failure, endedAt } = known
  return earlier(failureInside(state, path, node), { failure, path, endedAt })
}

function failureInside(state: RunState, path: PathKey, { inside, spec, config }: PlanNode): Found | null {
  if (!inside || spec.box?.absorbsFailure(config)) return null
  let first: Found | null = null
  for (const opening of state.openings.get(path) ?? []) {
    if (opening.type === 'turns') {
      for (const { member, turn } of opening.turns) {
        const node = inside.nodes.find(({ id }) => id === member)
        if (node) first = earlier(first, failureAt(state, `${path}/${member}#${turn}`, node))
      }
      continue
    }
    const indices = opening.type === 'iteration' ? [opening.index] : Array.from({ length: opening.count }, (_, n) => n)
    for (const index of indices) {
      for (const node of inside.nodes) first = earlier(first, failureAt(state, `${path}[${index}]/${node.id}`, node))
    }
  }
  return first
}

/** Of two at the same moment the first: it was looked for further inside, or is drawn before. */
const earlier = (a: Found | null, b: Found | null): Found | null => (a && (!b || a.endedAt <= b.endedAt) ? a : b)
