import { askIfQuiet, settleScope } from './box'
import type { Instance, Schedule, ScopeRun } from './schedule'
import type { RunState } from './state'

/** An unhandled failure: nothing new starts up to the first box that deals with it, and whoever only waits is closed. */
export function fail(schedule: Schedule, state: RunState, instance: Instance): void {
  for (const scope of markFailed(state, instance)) closeWaiting(schedule, state, scope, instance)
}

/** Says so around the node and returns the outermost scopes that fail with it. */
export function markFailed(state: RunState, { scope: innermost }: Instance): ScopeRun[] {
  let scope = innermost
  for (;;) {
    scope.failed = true
    const { box: instance, index } = scope
    if (!instance?.box) return [scope]
    const { spec, config, onError } = instance.node
    if (index !== null && spec.box?.absorbsFailure(config)) return [scope]
    instance.box.stopped = true
    if (onError !== 'fail' || mayRetryBox(state, instance)) return [...instance.box.scopes.values()]
    scope = instance.scope
  }
}

/** Whatever went wrong inside: a box is tried again because somebody asked for it, and tells of it in words of its own. */
function mayRetryBox(state: RunState, box: Instance): boolean {
  const node = state.nodes.get(box.key)
  return node?.status === 'running' && node.attempt - node.first < box.node.retry.max
}

/** Failures are rare, so this may look at everything inside. */
function closeWaiting(schedule: Schedule, state: RunState, scope: ScopeRun, failed: Instance): void {
  for (const instance of scope.instances) {
    if (!instance || instance === failed) continue
    if (instance.phase === 'waiting') schedule.closing.add(instance)
    if (instance.phase !== 'running' || !instance.box) continue
    for (const inner of [...instance.box.scopes.values()]) closeWaiting(schedule, state, inner, failed)
    askIfQuiet(schedule, instance)
  }
  if (scope !== failed.scope) settleScope(schedule, state, scope)
}
