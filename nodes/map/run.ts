import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import { defineBox, type ScopeResult } from '@/engine/kind/run'
import { mapSpec } from './spec'

const mostItems = 10_000

export const mapRun = defineBox(mapSpec, ({ config, value, opened, scopeResult }) => {
  const opening = opened[0]?.opening
  if (opening?.type === 'items') {
    const results = Array.from({ length: opening.count }, (_, index) => scopeResult(index))
    return { output: results.map((result, index) => resultOf(result, index, config.onItemError)) }
  }
  const items = listOf(value('items'))
  if (items.length === 0) return { output: [] }
  return { open: { type: 'items', count: items.length, concurrency: config.concurrency }, value: items }
})

function listOf(items: Json): readonly Json[] {
  if (!Array.isArray(items)) {
    const what = items === null ? 'nothing' : typeof items === 'object' ? 'an object' : `a ${typeof items}`
    throw new NodeError({
      code: 'invalid_input',
      message: `The items must be a list, but the expression gave ${what}.`,
    })
  }
  if (items.length <= mostItems) return items
  const message = `A map takes at most ${mostItems} items, and there are ${items.length}. Split them up before.`
  throw new NodeError({ code: 'too_many_items', message })
}

function resultOf(result: ScopeResult, index: number, onItemError: 'fail' | 'null'): Json {
  if (result.status === 'completed') return result.value
  if (onItemError === 'null') return null
  const message = `Item ${index} (counted from 0) failed at ${result.path}: ${result.failure.message}`
  throw new NodeError({ code: 'item_failed', message })
}
