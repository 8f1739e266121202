import { evaluate, evaluateBoolean } from '@/engine/expressions/condition'
import { renderStructure } from '@/engine/expressions/structure'
import { renderText } from '@/engine/expressions/template'
import type { BaseContext, BoxContext, NodeContext, StepTools } from '@/engine/kind/run'
import type { CompiledExpression } from '@/engine/plan/plan'
import { arrivals, arrivedAt, scopeAt, scopeInside } from '@/engine/run/resolve'
import type { Instance } from '@/engine/run/schedule'
import { type Held, openedValue, resolverOf, scopeResult, turnOf, turnResult } from './resolver'
import { valueAt } from './values'

type Entering = { instance: Instance; attempt: number }

/** Nothing simulated takes steps this way: agents record their own, and everything else has none. */
const noSteps = new Proxy({} as StepTools, {
  get: () => {
    throw new Error('a simulated node takes no such steps')
  },
})

function baseContext(held: Held, { instance, attempt }: Entering): BaseContext<never> {
  const { node, key } = instance
  const resolver = resolverOf(held)
  const scope = scopeAt(resolver, instance)
  const field = (name: string) => expressionOf(instance, name)
  return {
    config: node.config as never,
    node,
    path: key,
    runId: 'run',
    attempt,
    signal: new AbortController().signal,
    scope,
    input: () => arrivedAt(resolver, instance),
    arrived: () => arrivedAll(held, instance),
    text: (name) => renderText(templateOf(field(name)), scope),
    structure: (name) => renderStructure(structureOf(field(name)), scope),
    secrets: () => [],
    value: (name) => evaluate(conditionOf(field(name)), scope),
    test: (name) => evaluateBoolean(conditionOf(field(name)), scope),
    steps: noSteps,
    say: () => {},
  }
}

export function nodeContext(held: Held, entering: Entering): NodeContext<never> {
  const state = held.state.nodes.get(entering.instance.key)
  const resumed = (state?.status === 'running' && state.resumed) || null
  return { ...baseContext(held, entering), role: null, resumed, turn: turnOf(held, entering.instance) }
}

export function boxContext(held: Held, entering: Entering): BoxContext<never> {
  const { instance } = entering
  const resolver = resolverOf(held)
  return {
    ...baseContext(held, entering),
    opened: (held.state.openings.get(instance.key) ?? []).map((opening, number) => ({
      opening,
      value: openedValue(held, instance, number),
    })),
    scopeResult: (index) => scopeResult(held, instance, index),
    turnResult: (member, turn) => turnResult(held, instance, member, turn),
    testInside: (name, index) => {
      const result = scopeResult(held, instance, index)
      const output = result.status === 'completed' ? result.value : null
      return evaluateBoolean(
        conditionOf(expressionOf(instance, name)),
        scopeInside(resolver, instance, { index, output }),
      )
    },
    members: (instance.node.inside?.nodes ?? []).map(({ id, name, kind, config }) => ({ id, name, kind, config })),
  }
}

function arrivedAll(
  { state, values }: Held,
  instance: Instance,
): { source: string; value: ReturnType<typeof valueAt>; endedAt: number }[] {
  return arrivals(state, instance).map(({ source, ref }) => {
    const node = state.nodes.get(instance.scope.prefix + source.id)
    const endedAt = node && 'endedAt' in node ? node.endedAt : 0
    return { source: source.id, value: valueAt(values, ref), endedAt }
  })
}

function expressionOf({ node }: Instance, name: string): CompiledExpression {
  const expression = node.expressions.get(name)
  if (!expression) throw new Error(`${node.kind} asks for ${name}, which its spec does not list`)
  return expression
}

function templateOf(expression: CompiledExpression) {
  if (expression.type !== 'text') throw new Error('not a text')
  return expression.template
}

function structureOf(expression: CompiledExpression) {
  if (expression.type !== 'structure') throw new Error('not a structure')
  return expression.structure
}

function conditionOf(expression: CompiledExpression) {
  if (expression.type !== 'condition' && expression.type !== 'value') throw new Error('not an expression')
  return expression.condition
}
