import type { Step } from '@/components/editor/store/types'
import type { Edit, SingleEdit } from '@/engine/graph/edits'

const longestPast = 300

export const remember = (past: readonly Step[], step: Step): readonly Step[] => {
  const last = past.at(-1)
  const joined = last === undefined ? null : join(last, step)
  return joined === null ? [...past, step].slice(-longestPast) : [...past.slice(0, -1), joined]
}

/** Two steps as one: the later edit happens, and undoing goes back to before the first. */
function join(first: Step, second: Step): Step | null {
  if (first.merge === null || first.merge !== second.merge) return null
  if (first.pins || second.pins) return joinPins(first, second)
  if (replaces(second.edit, first.edit)) return { ...first, edit: second.edit }
  return {
    ...first,
    edit: { type: 'batch', edits: [...partsOf(first.edit), ...partsOf(second.edit)] },
    inverse: { type: 'batch', edits: [...partsOf(second.inverse), ...partsOf(first.inverse)] },
  }
}

/** Steps with the same key are of one sort: these change nothing but a pin. */
const joinPins = (first: Step, second: Step): Step | null =>
  first.pins && second.pins ? { ...first, pins: { before: first.pins.before, after: second.pins.after } } : null

const partsOf = (edit: Edit): SingleEdit[] => (edit.type === 'batch' ? edit.edits : [edit])

/** Does the later edit leave nothing of the earlier one? Then a long text typed is one edit, not a thousand. */
function replaces(later: Edit, earlier: Edit): boolean {
  if (later.type === 'configure' && earlier.type === 'configure') {
    return later.node === earlier.node && isSameKeys(later.path, earlier.path) && later.value !== undefined
  }
  if (later.type === 'set' && earlier.type === 'set') {
    return later.node === earlier.node && isSameKeys(Object.keys(later.options), Object.keys(earlier.options))
  }
  if (later.type === 'set_graph' && earlier.type === 'set_graph') {
    return isSameKeys(Object.keys(later.properties), Object.keys(earlier.properties))
  }
  if (later.type === 'move' && earlier.type === 'move') {
    return isSameKeys(Object.keys(later.positions), Object.keys(earlier.positions))
  }
  return false
}

const isSameKeys = (a: readonly (string | number)[], b: readonly (string | number)[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index])
