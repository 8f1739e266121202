import { isJsonObject, type Json } from '@/engine/json'
import type { ScopeResult, Turn } from '@/engine/kind/run'
import { type Binding, flowingRef, type Resolver } from '@/engine/run/resolve'
import type { Instance, ScopeRun } from '@/engine/run/schedule'
import type { RunState } from '@/engine/run/state'
import { type Values, valueAt } from './values'

export type Held = { state: RunState; values: Values }

export const resolverOf = (held: Held): Resolver => ({
  state: held.state,
  valueOf: (ref) => valueAt(held.values, ref),
  bindingOf: (scope) => bindingOf(held, scope),
  arrivedAtTurn: (turn) => (turnOf(held, turn) as unknown as Json) ?? null,
})

function bindingOf(held: Held, { box, index }: ScopeRun): Binding {
  if (!box || index === null) return {}
  if (held.state.openings.get(box.key)?.[0]?.type === 'items') {
    const items = openedValue(held, box, 0)
    return { item: Array.isArray(items) ? ((items as readonly Json[])[index] ?? null) : null, index }
  }
  const before = index === 0 ? null : scopeResult(held, box, index - 1)
  return { iteration: index, previous: before?.status === 'completed' ? before.value : null }
}

export const openingStep = (number: number): string => `open${number + 1}`

export function openedValue({ state, values }: Held, box: Instance, number: number): Json {
  const step = state.steps.get(box.key)?.get(openingStep(number))
  return step?.status === 'completed' ? valueAt(values, step.result) : null
}

export function scopeResult({ state, values }: Held, box: Instance, index: number): ScopeResult {
  const failed = box.box?.failures.get(index)
  if (failed) return { status: 'failed', ...failed }
  const result = box.node.inside?.result
  const ref = result ? flowingRef(state.nodes.get(`${box.key}[${index}]/${result.id}`)) : null
  return { status: 'completed', value: ref ? valueAt(values, ref) : null }
}

export function turnResult({ state, values }: Held, box: Instance, member: string, turn: number): ScopeResult {
  const path = `${box.key}/${member}#${turn}`
  const node = state.nodes.get(path)
  if (node?.status === 'failed' && !node.handled) return { status: 'failed', failure: node.failure, path }
  const ref = flowingRef(node)
  return { status: 'completed', value: ref ? valueAt(values, ref) : null }
}

export function turnOf(held: Held, { scope: { box }, node, turn }: Instance): Turn | null {
  if (turn === undefined || !box) return null
  for (const number of (held.state.openings.get(box.key) ?? []).keys()) {
    const value = openedValue(held, box, number)
    const turns = isJsonObject(value) ? (value.turns as unknown as readonly Turn[]) : []
    const found = turns.find((one) => one.member === node.id && one.turn === turn)
    if (found) return found
  }
  return null
}
