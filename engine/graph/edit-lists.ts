import type { Graph, GraphNode } from '@/engine/graph/schema'

type Placed<T> = { item: T; at?: number | undefined }

export const noNode = (id: string): { refused: string } => ({ refused: `There is no node \`${id}\`.` })

export const replaceNode = (graph: Graph, next: GraphNode): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === next.id ? next : node)),
})

/** Items with a place end up at that place of the whole list, when there is one; the others at the end. */
export function insertAll<T>(list: readonly T[], coming: readonly Placed<T>[]): T[] {
  const result = [...list]
  const placed = coming.flatMap(({ item, at }) => (at === undefined ? [] : [{ item, at }]))
  for (const { item, at } of placed.sort((a, b) => a.at - b.at)) result.splice(at, 0, item)
  return [...result, ...coming.flatMap(({ item, at }) => (at === undefined ? [item] : []))]
}

/** Splits a list into what is wanted, with its places, and the rest. */
export function withPlaces<T>(list: readonly T[], isWanted: (item: T) => boolean) {
  const taken: { item: T; at: number }[] = []
  const rest: T[] = []
  for (const [at, item] of list.entries()) {
    if (isWanted(item)) taken.push({ item, at })
    else rest.push(item)
  }
  return { taken, rest }
}
