import type { RunState } from '@/engine/run/state'

/**
 * The next moment, with what is the same in both taken from the one before. Each moment is folded anew from a kept one;
 * whatever the fold went over would otherwise look changed, and be drawn again, in every frame.
 */
export function keepSame(before: RunState, next: RunState): RunState {
  for (const [path, state] of next.nodes) {
    const known = before.nodes.get(path)
    if (known !== undefined && known !== state && isSame(known, state)) next.nodes.set(path, known)
  }
  for (const [path, steps] of next.steps) {
    const known = before.steps.get(path)
    if (known !== undefined && known !== steps && areSame(known, steps)) next.steps.set(path, known)
  }
  return next
}

const areSame = (a: ReadonlyMap<string, object>, b: ReadonlyMap<string, object>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => isSame(value, b.get(key)))

/** What is deeper down comes from the events themselves, which are the same objects. */
function isSame(a: object, b: object | undefined): boolean {
  if (a === b) return true
  if (b === undefined) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => right.has(key) && right.get(key) === value)
}
