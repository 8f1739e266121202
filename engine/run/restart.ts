import type { PathKey } from '../path'
import type { Plan, PlanNode, PlanScope } from '../plan/plan'
import type { Instance } from './schedule'
import type { RunState } from './state'

/**
 * What a retry starts again, innermost last: failed nodes and those that were closed because of them, in the whole run or
 * inside one box. What a box has absorbed stays as it is.
 */
export function restartPaths(plan: Plan, state: RunState, box: Instance | null): PathKey[] {
  const paths: PathKey[] = []
  if (box) collectBox(state, box.key, box.node, paths)
  else collectScope(state, '', plan.root, paths)
  return paths
}

function collectScope(state: RunState, prefix: string, scope: PlanScope, paths: PathKey[]): void {
  for (const node of scope.nodes) collectNode(state, prefix + node.id, node, paths)
}

function collectNode(state: RunState, key: PathKey, planned: PlanNode, paths: PathKey[]): void {
  const node = state.nodes.get(key)
  const ended = (node?.status === 'failed' && !node.handled) || node?.status === 'cancelled'
  if (ended) paths.push(key)
  if (planned.inside && (ended || node?.status === 'running')) collectBox(state, key, planned, paths)
}

function collectBox(state: RunState, key: PathKey, box: PlanNode, paths: PathKey[]): void {
  const { inside, spec, config } = box
  if (!inside) return
  const absorbs = spec.box?.absorbsFailure(config) ?? false
  for (const opening of state.openings.get(key) ?? []) {
    if (opening.type === 'items') {
      for (let index = 0; index < opening.count; index++) {
        const prefix = `${key}[${index}]/`
        if (!absorbs || !hasFailed(state, prefix, inside)) collectScope(state, prefix, inside, paths)
      }
    } else if (opening.type === 'iteration') collectScope(state, `${key}[${opening.index}]/`, inside, paths)
    else {
      for (const { member, turn } of opening.turns) {
        const node = inside.nodes.find(({ id }) => id === member)
        if (node) collectNode(state, `${key}/${member}#${turn}`, node, paths)
      }
    }
  }
}

const hasFailed = (state: RunState, prefix: string, scope: PlanScope): boolean =>
  scope.nodes.some(({ id }) => {
    const node = state.nodes.get(prefix + id)
    return node?.status === 'failed' && !node.handled
  })
