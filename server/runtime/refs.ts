import type { Ref } from '@/engine/payload'
import type { RunState } from '@/engine/run/state'

/** Everything that expressions, boxes and nodes that are entered again may ask for. */
export function* refsIn(state: RunState): Generator<Ref> {
  if (state.input) yield state.input
  if (state.pins) yield state.pins
  for (const node of state.nodes.values()) {
    if (node.status === 'completed') {
      yield node.output
      if (node.detail) yield node.detail
    }
    if (node.status === 'failed' && node.handled) yield node.handled.output
  }
  // A node that was closed, or has no state at all, may be tried again and then goes on behind its steps.
  for (const [path, steps] of state.steps) {
    if (state.nodes.get(path)?.status === 'completed') continue
    for (const step of steps.values()) if (step.status === 'completed') yield step.result
  }
}
