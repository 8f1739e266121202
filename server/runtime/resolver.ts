import { isJsonObject, type Json } from '@/engine/json'
import type { ScopeResult, Turn } from '@/engine/kind/run'
import { isInline } from '@/engine/payload'
import { type Binding, flowingRef, type Resolver } from '@/engine/run/resolve'
import type { Instance, ScopeRun } from '@/engine/run/schedule'
import { type Drive, valueOf } from './drive'

/** How the expressions of this run find their values. */
export const resolverOf = (drive: Drive): Resolver => ({
  state: drive.state,
  valueOf: (ref) => (isInline(ref) ? ref.inline : valueOf(drive, ref)),
  bindingOf: (scope) => bindingOf(drive, scope),
  arrivedAtTurn: (turn) => arrivedAtTurn(drive, turn),
})

function bindingOf(drive: Drive, scope: ScopeRun): Binding {
  const { box, index } = scope
  if (!box || index === null) return {}
  const opening = drive.state.openings.get(box.key)?.[0]
  if (opening?.type === 'items') {
    const items = openedValue(drive, box, 0)
    return { item: (Array.isArray(items) ? (items as readonly Json[])[index] : null) ?? null, index }
  }
  const before = index === 0 ? null : scopeResult(drive, box, index - 1)
  return { iteration: index, previous: before?.status === 'completed' ? before.value : null }
}

/** The value that was recorded with the n-th opening of a box. */
export function openedValue(drive: Drive, box: Instance, n: number): Json {
  const step = drive.state.steps.get(box.key)?.get(openingStep(n))
  return step?.status === 'completed' ? valueOf(drive, step.result) : null
}

export const openingStep = (n: number): string => `open${n + 1}`

export function scopeResult(drive: Drive, box: Instance, index: number): ScopeResult {
  const failed = box.box?.failures.get(index)
  if (failed) return { status: 'failed', ...failed }
  const result = box.node.inside?.result
  const ref = result ? flowingRef(drive.state.nodes.get(`${box.key}[${index}]/${result.id}`)) : null
  return { status: 'completed', value: ref ? valueOf(drive, ref) : null }
}

export function turnResult(drive: Drive, box: Instance, member: string, turn: number): ScopeResult {
  const path = `${box.key}/${member}#${turn}`
  const node = drive.state.nodes.get(path)
  if (node?.status === 'failed' && !node.handled) return { status: 'failed', failure: node.failure, path }
  const ref = flowingRef(node)
  return { status: 'completed', value: ref ? valueOf(drive, ref) : null }
}

/** What a member was asked in this turn; the team recorded it when it opened the turn. */
export function turnOf(drive: Drive, { scope, node, turn }: Instance): Turn | null {
  const { box } = scope
  if (turn === undefined || !box) return null
  const openings = drive.state.openings.get(box.key) ?? []
  for (let n = openings.length - 1; n >= 0; n--) {
    const opening = openings[n]
    if (opening?.type !== 'turns' || !opening.turns.some((one) => one.member === node.id && one.turn === turn)) continue
    const value = openedValue(drive, box, n)
    const turns = isJsonObject(value) && Array.isArray(value.turns) ? (value.turns as unknown as readonly Turn[]) : []
    return turns.find((one) => one.member === node.id && one.turn === turn) ?? null
  }
  return null
}

function arrivedAtTurn(drive: Drive, instance: Instance): Json {
  const turn = turnOf(drive, instance)
  if (!turn) return null
  const { task, from, round, transcript } = turn
  return { task, from, round, transcript: transcript.map((said) => ({ ...said })) }
}
