import { evaluate } from '@/engine/expressions/condition'
import { renderStructure } from '@/engine/expressions/structure'
import { renderText } from '@/engine/expressions/template'
import type { Json } from '@/engine/json'
import { openingMessages } from '@/engine/model/opening'
import type { Message } from '@/engine/model/types'
import type { CompiledExpression } from '@/engine/plan/plan'
import { turnOf } from '@/engine/run/bindings'
import { arrivedAt, type Resolver, scopeAt } from '@/engine/run/resolve'
import type { Instance } from '@/engine/run/schedule'
import { type Computed, computeAt, type Place } from './past-values'

/** What a field of the config came to, with the data of this run. */
export type Rendered = { field: string; value: Computed<Json> }

export const arrivedValue = (place: Place): Computed<Json> => computeAt(place, arrivedAt)

export function renderedFields(place: Place): readonly Rendered[] {
  const found = computeAt(place, (_, { node }) =>
    node.spec
      .expressions(node.config)
      .filter(({ inside, field }) => inside !== true && node.expressions.has(field))
      .map(({ field }) => field),
  )
  if (found.type !== 'ready') return []
  return found.value.map((field) => ({
    field,
    value: computeAt(place, (resolver, instance) => {
      const expression = instance.node.expressions.get(field)
      return expression ? render(expression, resolver, instance) : null
    }),
  }))
}

function render(expression: CompiledExpression, resolver: Resolver, instance: Instance): Json {
  const scope = scopeAt(resolver, instance)
  switch (expression.type) {
    case 'text':
      return renderText(expression.template, scope)
    case 'structure':
      return renderStructure(expression.structure, scope)
    case 'condition':
    case 'value':
      return evaluate(expression.condition, scope)
  }
}

/** What an agent's model was told at the beginning, put together the way the worker did it. */
export const openingOf = (place: Place): Computed<readonly Message[]> =>
  computeAt(place, (resolver, instance) => {
    const { node } = instance
    const config = node.config as { prompt?: string; role?: string }
    const role = place.graph.roles?.[config.role ?? '']
    return openingMessages({
      node: { name: node.name },
      config,
      role: role ?? null,
      turn: turnOf(resolver, instance),
      text: (field) => {
        const expression = node.expressions.get(field)
        return expression?.type === 'text' ? renderText(expression.template, scopeAt(resolver, instance)) : ''
      },
      input: () => arrivedAt(resolver, instance),
    })
  })
