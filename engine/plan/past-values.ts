import { evaluate } from '@/engine/expressions/condition'
import { NodeError } from '@/engine/failure'
import { type Json, type JsonObject, own } from '@/engine/json'
import { boxesAround, type DraftNode } from '@/engine/plan/draft'
import { readExpressions } from '@/engine/plan/expressions'
import { newReport } from '@/engine/plan/report'
import type { Layout } from '@/engine/plan/visible'

/** What the nodes of an earlier run gave, by path, and what arrived at the node in question. */
export type PastRun = { values: { readonly [path: string]: Json }; input?: Json }

export type PastValues = {
  arrived: Json | undefined
  seen: (node: DraftNode) => Json | undefined
  /** What the names that a box binds were, in the scope that is looked at. */
  bound: (box: DraftNode) => JsonObject
  /** After the last iteration. */
  afterwards: (box: DraftNode) => JsonObject
  insideOf: (box: DraftNode, child: DraftNode) => Json | undefined
}

/** Of the many items or iterations of a box, the first that left something is looked at. */
export function pastOf(past: PastRun | null, layout: Layout): PastValues {
  const values = past?.values ?? {}
  const indexes = indexesByBox(Object.keys(values))
  const firstOf = (path: string): number => Math.min(...(indexes.get(path) ?? [0]))
  const lastOf = (path: string): number => Math.max(...(indexes.get(path) ?? [0]))
  const pathOf = (node: DraftNode): string =>
    [...boxesAround(node)].reduceRight((path, box) => {
      const here = path + box.node.id
      return `${here}${box.spec.box?.members === undefined ? `[${firstOf(here)}]` : ''}/`
    }, '') + node.node.id
  const seen = (node: DraftNode) => own(values, pathOf(node))
  const insideOf = (box: DraftNode, child: DraftNode) =>
    own(values, `${pathOf(box)}[${lastOf(pathOf(box))}]/${child.node.id}`)
  const bound = (box: DraftNode): JsonObject =>
    indexes.has(pathOf(box)) ? bindings(box, { index: firstOf(pathOf(box)), items: () => itemsOf(box) }) : {}
  const itemsOf = (box: DraftNode): Json => {
    const outer = [...boxesAround(box)].reverse()
    const names = Object.assign({}, ...outer.map(bound)) as JsonObject
    return evaluateItems(box, (name) => {
      const node = layout.byId.get(name)
      return own(names, name) ?? (node === undefined ? null : (seen(node) ?? null))
    })
  }
  const afterwards = (box: DraftNode): JsonObject => {
    const output = seen(box)
    if (output === undefined || !indexes.has(pathOf(box))) return {}
    return { output, iteration: lastOf(pathOf(box)) }
  }
  return { arrived: past?.input, seen, bound, afterwards, insideOf }
}

/** `each[3]/write` says that item 3 of `each` left something. */
function indexesByBox(paths: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const path of paths) {
    for (const { index, 1: number } of path.matchAll(/\[(\d+)\]\//g)) {
      const box = path.slice(0, index)
      found.set(box, [...(found.get(box) ?? []), Number(number)])
    }
  }
  return found
}

function bindings(box: DraftNode, { index, items }: { index: number; items: () => Json }): JsonObject {
  const names = box.spec.box?.binds ?? []
  const known: [string, Json][] = names.flatMap((name): [string, Json][] => {
    if (name === 'index' || name === 'iteration') return [[name, index]]
    if (name === 'previous') return index === 0 ? [[name, null]] : []
    const list = items()
    const item = Array.isArray(list) ? (list as readonly Json[])[index] : undefined
    return item === undefined ? [] : [[name, item]]
  })
  return Object.fromEntries(known)
}

/** The log does not keep the items of a map one by one: they are worked out anew from what the nodes before it gave. */
function evaluateItems(box: DraftNode, get: (name: string) => Json): Json {
  readExpressions(box, newReport())
  const expression = [...box.expressions.values()].find(({ type }) => type === 'value')
  if (expression?.type !== 'value') return null
  try {
    return evaluate(expression.condition, { get })
  } catch (error) {
    if (error instanceof NodeError) return null
    throw error
  }
}
