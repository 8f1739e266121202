import { boxesAround, type DraftNode, type DraftScope, isNote } from '@/engine/plan/draft'

/** The nodes of a graph and how they are ordered. */
export type Layout = {
  byId: ReadonlyMap<string, DraftNode>
  scopes: ReadonlyMap<DraftNode | null, DraftScope>
}

/** The node itself, or the box around it, that lies in the same scope as `target`; null when `target` is in another box. */
export function levelWith(node: DraftNode, target: DraftNode): DraftNode | null {
  if (node.parent === target.parent) return node
  return boxesAround(node).find((box) => box.parent === target.parent) ?? null
}

export const isBefore = (source: DraftNode, target: DraftNode, { scopes }: Layout): boolean =>
  scopes.get(target.parent)?.isUpstream(source, target) ?? false

/** The nodes whose results a node may refer to, in the order of the graph. */
export const nodesBefore = (node: DraftNode, layout: Layout): DraftNode[] =>
  [...layout.byId.values()].filter((other) => {
    if (isNote(other)) return false
    const reader = levelWith(node, other)
    return reader !== null && reader !== other && isBefore(other, reader, layout)
  })
