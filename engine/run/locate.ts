import { type PathKey, parsePath } from '../path'
import type { Plan } from '../plan/plan'
import { type Instance, newBox, newScope } from './schedule'

/**
 * The instance that a path leads to, with the boxes around it, whether or not anything of it is still at work. It is for
 * looking values up, not for scheduling: its counters say nothing. Null when the plan has no such place.
 */
export function locate(plan: Plan, path: PathKey): Instance | null {
  const segments = parsePath(path) ?? []
  let scope = newScope(plan.root, null, null, '')
  for (const [at, { node: id, index, turn }] of segments.entries()) {
    const node = scope.scope.nodes.find((each) => each.id === id)
    if (!node) return null
    const key = `${scope.prefix}${id}${turn === undefined ? '' : `#${turn}`}`
    const box = node.inside ? newBox() : null
    const instance: Instance = { key, node, scope, phase: 'idle', box, ...(turn === undefined ? {} : { turn }) }
    if (at === segments.length - 1) return index === undefined ? instance : null
    if (!node.inside) return null
    const prefix = index === undefined ? `${key}/` : `${key}[${index}]/`
    scope = newScope(node.inside, instance, index ?? null, prefix)
  }
  return null
}
