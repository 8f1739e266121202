import { isJsonObject, type Json } from '../json'
import type { Turn } from '../kind/run'
import { type Binding, flowingRef, type Resolver, type ValueOf } from './resolve'
import type { Instance, ScopeRun } from './schedule'
import type { RunState } from './state'

/** A run's values: what has happened, and how a value is looked up. */
export type RunValues = { state: RunState; valueOf: ValueOf }

/** How the expressions of a run find their values: the same in the worker and on the screen. */
export const resolverOver = (values: RunValues): Resolver => ({
  ...values,
  bindingOf: (scope) => bindingOf(values, scope),
  arrivedAtTurn: (turn) => arrivedAtTurn(values, turn),
})

function bindingOf(values: RunValues, scope: ScopeRun): Binding {
  const { box, index } = scope
  if (!box || index === null) return {}
  const opening = values.state.openings.get(box.key)?.[0]
  if (opening?.type === 'items') {
    const items = openedValue(values, box, 0)
    return { item: (Array.isArray(items) ? (items as readonly Json[])[index] : null) ?? null, index }
  }
  return { iteration: index, previous: index === 0 ? null : resultOf(values, box, index - 1) }
}

/** The value that was recorded with the n-th opening of a box. */
export function openedValue(values: RunValues, box: Instance, n: number): Json {
  const step = values.state.steps.get(box.key)?.get(openingStep(n))
  return step?.status === 'completed' ? values.valueOf(step.result) : null
}

export const openingStep = (n: number): string => `open${n + 1}`

/** What an item or iteration gave; null when it failed. */
export function resultOf(values: RunValues, box: Instance, index: number): Json {
  if (box.box?.failures.has(index)) return null
  const result = box.node.inside?.result
  const ref = result ? flowingRef(values.state.nodes.get(`${box.key}[${index}]/${result.id}`)) : null
  return ref ? values.valueOf(ref) : null
}

/** What a member was asked in this turn; the team recorded it when it opened the turn. */
export function turnOf(values: RunValues, { scope, node, turn }: Instance): Turn | null {
  const { box } = scope
  if (turn === undefined || !box) return null
  const openings = values.state.openings.get(box.key) ?? []
  for (let n = openings.length - 1; n >= 0; n--) {
    const opening = openings[n]
    if (opening?.type !== 'turns' || !opening.turns.some((one) => one.member === node.id && one.turn === turn)) continue
    const value = openedValue(values, box, n)
    const turns = isJsonObject(value) && Array.isArray(value.turns) ? (value.turns as unknown as readonly Turn[]) : []
    return turns.find((one) => one.member === node.id && one.turn === turn) ?? null
  }
  return null
}

function arrivedAtTurn(values: RunValues, instance: Instance): Json {
  const turn = turnOf(values, instance)
  if (!turn) return null
  const { task, from, round, transcript } = turn
  return { task, from, round, transcript: transcript.map((said) => ({ ...said })) }
}
