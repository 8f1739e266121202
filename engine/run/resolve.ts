import type { Scope } from '../expressions/scope'
import type { Json } from '../json'
import type { Ref } from '../payload'
import type { PlanNode } from '../plan/plan'
import type { Instance, ScopeRun } from './schedule'
import type { NodeState, RunState } from './state'

/** How a value is looked up by its ref; whatever may be asked for has been loaded before. */
export type ValueOf = (ref: Ref) => Json

/** What a box binds for one of its scopes. */
export type Binding = { item?: Json; index?: number; iteration?: number; previous?: Json }
export type BindingOf = (scope: ScopeRun) => Binding

export type Resolver = {
  state: RunState
  valueOf: ValueOf
  bindingOf: BindingOf
  arrivedAtTurn: (turn: Instance) => Json
}

/** What references by id see: the detail of a node that passes something else on, or its output; null if it did not run. */
export function seenRef(node: NodeState | undefined): Ref | null {
  if (node?.status === 'completed') return node.detail ?? node.output
  if (node?.status === 'failed' && node.handled) return node.handled.output
  return null
}

/** What flows on from a node that settled with a live port. */
export function flowingRef(node: NodeState | undefined): Ref | null {
  if (node?.status === 'completed') return node.output
  if (node?.status === 'failed' && node.handled) return node.handled.output
  return null
}

/** The sources whose edge to this node is live, in the order drawn. */
export function arrivals(state: RunState, { scope, node }: Instance): { source: PlanNode; ref: Ref }[] {
  const refs = new Map<PlanNode, Ref>()
  for (const { source, port } of node.incoming) {
    const settled = state.nodes.get(scope.prefix + source.id)
    const ref = isLive(settled, port) ? flowingRef(settled) : null
    if (ref) refs.set(source, ref)
  }
  return node.sources.flatMap((source) => {
    const ref = refs.get(source)
    return ref ? [{ source, ref }] : []
  })
}

const isLive = (node: NodeState | undefined, port: string): boolean =>
  node?.status === 'completed' ? node.ports.includes(port) : node?.status === 'failed' && node.handled?.port === port

/** The ref of what arrived, when it is one value; null when it has to be put together (`arrivedAt`). */
export function arrivedRef(state: RunState, instance: Instance): Ref | null {
  const { node, scope } = instance
  if (instance.turn !== undefined) return null
  if (node.sources.length === 0) return scope.box ? arrivedRef(state, scope.box) : state.input
  if (node.sources.length > 1 && node.join === 'all') return null
  return arrivals(state, instance)[0]?.ref ?? null
}

export function arrivedAt(resolver: Resolver, instance: Instance): Json {
  if (instance.turn !== undefined) return resolver.arrivedAtTurn(instance)
  const { node, scope } = instance
  if (node.sources.length === 0 && scope.box) return arrivedAt(resolver, scope.box)
  const ref = arrivedRef(resolver.state, instance)
  if (ref) return resolver.valueOf(ref)
  if (node.sources.length < 2) return null
  const gathered: Record<string, Json> = {}
  for (const arrival of arrivals(resolver.state, instance)) gathered[arrival.source.id] = resolver.valueOf(arrival.ref)
  return gathered
}

/** What a node's expressions may name. */
export function scopeAt(resolver: Resolver, instance: Instance): Scope {
  return { get: (name) => (name === 'input' ? arrivedAt(resolver, instance) : look(resolver, instance.scope, name)) }
}

/** What a box's own condition sees of its inside after a scope has settled. */
export function scopeInside(resolver: Resolver, box: Instance, inside: ScopeView): Scope {
  return {
    get: (name) => {
      if (name === 'output') return inside.output
      if (name === 'iteration') return inside.index
      const child = box.node.inside?.nodes.find(({ id }) => id === name)
      if (!child) return name === 'input' ? arrivedAt(resolver, box) : look(resolver, box.scope, name)
      const ref = seenRef(resolver.state.nodes.get(`${box.key}[${inside.index}]/${name}`))
      return ref ? resolver.valueOf(ref) : null
    },
  }
}
export type ScopeView = { index: number; output: Json }

function look(resolver: Resolver, from: ScopeRun, name: string): Json | undefined {
  for (let scope: ScopeRun | null = from; scope; scope = scope.box?.scope ?? null) {
    const { box } = scope
    if (box && isBinding(name) && box.node.spec.box?.binds.includes(name))
      return resolver.bindingOf(scope)[name] ?? null
    if (box?.node.id === name) return { ...resolver.bindingOf(scope) } as { [key: string]: Json }
    const planned = resolver.state.nodes.get(scope.prefix + name)
    if (planned) return seen(resolver, planned)
    if (scope.scope.nodes.some(({ id }) => id === name)) return null
  }
  return undefined
}

const seen = (resolver: Resolver, node: NodeState): Json => {
  const ref = seenRef(node)
  return ref ? resolver.valueOf(ref) : null
}

const isBinding = (name: string): name is keyof Binding =>
  name === 'item' || name === 'index' || name === 'iteration' || name === 'previous'
