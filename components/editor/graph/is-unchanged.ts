import type { Graph } from '@/engine/graph/schema'
import { sameJson } from '@/engine/same-json'

/** Did an edit leave everything as it was? What it didn't touch are the same objects: this is asked at every letter. */
export function isUnchanged(before: Graph, after: Graph): boolean {
  const { nodes, edges, ...rest } = before
  const { nodes: nodesAfter, edges: edgesAfter, ...restAfter } = after
  return isSameList(nodes, nodesAfter) && isSameList(edges, edgesAfter) && isSame(rest, restAfter)
}

const isSameList = (a: readonly object[], b: readonly object[]): boolean =>
  a.length === b.length &&
  a.every((each, index) => {
    const other = b[index]
    return other !== undefined && isSame(each, other)
  })

const isSame = (a: object, b: object): boolean => a === b || sameJson(a as never, b as never)
