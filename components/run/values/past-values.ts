import { NodeError } from '@/engine/failure'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import type { Ref } from '@/engine/payload'
import { compile } from '@/engine/plan/compile'
import type { Plan } from '@/engine/plan/plan'
import { resolverOver } from '@/engine/run/bindings'
import { locate } from '@/engine/run/locate'
import type { Resolver } from '@/engine/run/resolve'
import type { Instance } from '@/engine/run/schedule'
import type { RunState } from '@/engine/run/state'
import { isWithheld } from '@/engine/share/projection'
import { specs } from '@/nodes/registry/specs'
import { wholeValue } from './wire-value'

/** Values that have been fetched, by hash. */
export type Fetched = ReadonlyMap<string, Json>

export type Computed<T> =
  | { type: 'ready'; value: T }
  /** This has to be fetched first; then it is worth another try. */
  | { type: 'missing'; ref: Ref }
  /** An expression can't be worked out: what the run itself said when it tried. */
  | { type: 'failed'; message: string }
  /** It needs a value that was left out of what is shared. */
  | { type: 'withheld' }
  | { type: 'unknown' }

class MissingValue extends Error {
  constructor(readonly ref: Ref) {
    super('a value has to be fetched first')
  }
}

class WithheldValue extends Error {}

const plans = new WeakMap<Graph, Plan | null>()

function planOf(graph: Graph): Plan | null {
  const known = plans.get(graph)
  if (known !== undefined) return known
  const compiled = compile(graph, specs)
  const plan = compiled.ok ? compiled.plan : null
  plans.set(graph, plan)
  return plan
}

export type Place = { graph: Graph; state: RunState; path: PathKey; fetched: Fetched }

/** Works something out as the worker did, from the plan and the log; values that did not come with their event are asked for. */
export function computeAt<T>(place: Place, compute: (resolver: Resolver, instance: Instance) => T): Computed<T> {
  const plan = planOf(place.graph)
  const node = place.state.nodes.get(place.path)
  const instance = plan && node && node.status !== 'skipped' ? locate(plan, place.path) : null
  if (!instance) return { type: 'unknown' }
  const find = (ref: Ref): Json => {
    if (isWithheld(ref)) throw new WithheldValue()
    const whole = wholeValue(ref)
    if (whole) return whole.value
    const known = place.fetched.get(ref.hash)
    if (known === undefined) throw new MissingValue(ref)
    return known
  }
  try {
    return { type: 'ready', value: compute(resolverOver({ state: place.state, valueOf: find }), instance) }
  } catch (error) {
    if (error instanceof MissingValue) return { type: 'missing', ref: error.ref }
    if (error instanceof WithheldValue) return { type: 'withheld' }
    if (error instanceof NodeError) return { type: 'failed', message: error.failure.message }
    throw error
  }
}
