import { evaluate, evaluateBoolean } from '@/engine/expressions/condition'
import type { Scope } from '@/engine/expressions/scope'
import { renderStructure } from '@/engine/expressions/structure'
import { renderText } from '@/engine/expressions/template'
import type { Json } from '@/engine/json'
import type { BaseContext, BoxContext, NodeContext, StepTools } from '@/engine/kind/run'
import type { CompiledExpression } from '@/engine/plan/plan'
import { openedValue, turnOf } from '@/engine/run/bindings'
import { arrivals, arrivedAt, scopeAt, scopeInside } from '@/engine/run/resolve'
import type { Instance } from '@/engine/run/schedule'
import { type Drive, record } from './drive'
import { resolverOf, scopeResult, turnResult } from './resolver'

type Entering = { instance: Instance; attempt: number; signal: AbortSignal; steps: StepTools; now: () => number }

function baseContext(drive: Drive, { instance, attempt, signal, steps, now }: Entering): BaseContext<never> {
  const { node, key } = instance
  const resolver = resolverOf(drive)
  const scope = scopeAt(resolver, instance)
  const field = (name: string) => expressionOf(instance, name)
  return {
    config: node.config as never,
    node,
    path: key,
    runId: drive.runId,
    attempt,
    signal,
    scope,
    input: () => arrivedAt(resolver, instance),
    arrived: () => arrivedAll(drive, instance),
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
    say: (text) => record(drive, [{ type: 'note', path: key, text }], now()),
  }
}

export function nodeContext(drive: Drive, entering: Entering): NodeContext<never> {
  const { instance } = entering
  const state = drive.state.nodes.get(instance.key)
  const role = roleName(instance.node.config)
  return {
    ...baseContext(drive, entering),
    role: (role === null ? undefined : drive.plan.roles.get(role)) ?? null,
    resumed: (state?.status === 'running' && state.resumed) || null,
    turn: turnOf(resolverOf(drive), instance),
  }
}

export function boxContext(drive: Drive, entering: Entering): BoxContext<never> {
  const { instance } = entering
  const resolver = resolverOf(drive)
  const openings = drive.state.openings.get(instance.key) ?? []
  return {
    ...baseContext(drive, entering),
    opened: openings.map((opening, n) => ({ opening, value: openedValue(resolver, instance, n) })),
    scopeResult: (index) => scopeResult(drive, instance, index),
    turnResult: (member, turn) => turnResult(drive, instance, member, turn),
    testInside: (name, index) => {
      const result = scopeResult(drive, instance, index)
      const output = result.status === 'completed' ? result.value : null
      return evaluateBoolean(
        conditionOf(expressionOf(instance, name)),
        scopeInside(resolver, instance, { index, output }),
      )
    },
    members: (instance.node.inside?.nodes ?? []).map(({ id, name, kind, config }) => ({ id, name, kind, config })),
  }
}

function arrivedAll(drive: Drive, instance: Instance): { source: string; value: Json; endedAt: number }[] {
  const resolver = resolverOf(drive)
  return arrivals(drive.state, instance).map(({ source, ref }) => {
    const node = drive.state.nodes.get(instance.scope.prefix + source.id)
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
