import { evaluate, evaluateBoolean } from '../expressions/condition'
import type { Scope } from '../expressions/scope'
import { renderStructure } from '../expressions/structure'
import { renderText } from '../expressions/template'
import type { Role } from '../graph/schema'
import type { Json } from '../json'
import type { BaseContext, BoxContext, NodeContext, ScopeResult, StepTools } from '../kind/run'
import type { CompiledExpression } from '../plan/plan'
import { openedValue, type RunValues, resolverOver, resultOf, turnOf } from './bindings'
import { arrivals, arrivedAt, flowingRef, type Resolver, scopeAt, scopeInside } from './resolve'
import type { Instance } from './schedule'

/** A run as its nodes see it. */
export type SeenRun = RunValues & { runId: string; roles: ReadonlyMap<string, Role> }

/** One attempt at a node, with what it may do. */
export type Entering = {
  instance: Instance
  attempt: number
  signal: AbortSignal
  steps: StepTools
  say: (text: string) => void
}

/** What a node is handed: the same wherever it runs. */
export function nodeContext(run: SeenRun, entering: Entering): NodeContext<never> {
  const { instance } = entering
  const state = run.state.nodes.get(instance.key)
  const role = roleName(instance.node.config)
  return {
    ...baseContext(run, entering),
    role: (role === null ? undefined : run.roles.get(role)) ?? null,
    resumed: (state?.status === 'running' && state.resumed) || null,
    turn: turnOf(run, instance),
  }
}

export function boxContext(run: SeenRun, entering: Entering): BoxContext<never> {
  const { instance } = entering
  const openings = run.state.openings.get(instance.key) ?? []
  return {
    ...baseContext(run, entering),
    opened: openings.map((opening, n) => ({ opening, value: openedValue(run, instance, n) })),
    scopeResult: (index) => scopeResult(run, instance, index),
    turnResult: (member, turn) => turnResult(run, instance, member, turn),
    testInside: (name, index) => {
      const result = scopeResult(run, instance, index)
      const output = result.status === 'completed' ? result.value : null
      const inside = scopeInside(resolverOver(run), instance, { index, output })
      return evaluateBoolean(conditionOf(expressionOf(instance, name)), inside)
    },
    members: (instance.node.inside?.nodes ?? []).map(({ id, name, kind, config }) => ({ id, name, kind, config })),
  }
}

function baseContext(run: SeenRun, { instance, attempt, signal, steps, say }: Entering): BaseContext<never> {
  const { node, key } = instance
  const resolver = resolverOver(run)
  const scope = scopeAt(resolver, instance)
  const field = (name: string) => expressionOf(instance, name)
  return {
    config: node.config as never,
    node,
    path: key,
    runId: run.runId,
    attempt,
    signal,
    scope,
    input: () => arrivedAt(resolver, instance),
    arrived: () => arrivedAll(resolver, instance),
    text: (name) => textOf(field(name), scope),
    structure: (name) => {
      const expression = field(name)
      return expression.type === 'structure' ? renderStructure(expression.structure, scope) : textOf(expression, scope)
    },
    secrets: (name) => {
      const expression = field(name)
      return expression.type === 'structure' ? expression.structure.secrets : []
    },
    value: (name) => evaluate(conditionOf(field(name)), scope),
    test: (name) => evaluateBoolean(conditionOf(field(name)), scope),
    steps,
    say,
  }
}

function scopeResult(run: SeenRun, box: Instance, index: number): ScopeResult {
  const failed = box.box?.failures.get(index)
  if (failed) return { status: 'failed', ...failed }
  return { status: 'completed', value: resultOf(run, box, index) }
}

function turnResult(run: SeenRun, box: Instance, member: string, turn: number): ScopeResult {
  const path = `${box.key}/${member}#${turn}`
  const node = run.state.nodes.get(path)
  if (node?.status === 'failed' && !node.handled) return { status: 'failed', failure: node.failure, path }
  const ref = flowingRef(node)
  return { status: 'completed', value: ref ? run.valueOf(ref) : null }
}

function arrivedAll(resolver: Resolver, instance: Instance): { source: string; value: Json; endedAt: number }[] {
  return arrivals(resolver.state, instance).map(({ source, ref }) => {
    const node = resolver.state.nodes.get(instance.scope.prefix + source.id)
    return { source: source.id, value: resolver.valueOf(ref), endedAt: node && 'endedAt' in node ? node.endedAt : 0 }
  })
}

function expressionOf({ node }: Instance, name: string): CompiledExpression {
  const expression = node.expressions.get(name)
  if (!expression) throw new Error(`${node.kind} asks for ${name}, which its spec does not list`)
  return expression
}

const textOf = (expression: CompiledExpression, scope: Scope): string => {
  if (expression.type !== 'text') throw new Error('not a text')
  return renderText(expression.template, scope)
}

const conditionOf = (expression: CompiledExpression) => {
  if (expression.type !== 'condition' && expression.type !== 'value') throw new Error('not an expression')
  return expression.condition
}

function roleName(config: unknown): string | null {
  const role = typeof config === 'object' && config !== null && 'role' in config ? config.role : null
  return typeof role === 'string' ? role : null
}
