import type { GraphNode } from '@/engine/graph/schema'
import type { KindSpec } from '@/engine/kind/spec'
import type { CompiledExpression } from '@/engine/plan/plan'

/** A node on its way into a plan: whatever is wrong with it, the checks go on with the rest. */
export type DraftNode = {
  node: GraphNode
  /** Position in the graph's list. */
  at: number
  spec: KindSpec
  /** `partial`: the config is not complete; what it does hold is still looked at. */
  config: { type: 'complete' | 'partial'; value: unknown }
  parent: DraftNode | null
  children: DraftNode[]
  incoming: DraftEdge[]
  outgoing: DraftEdge[]
  expressions: Map<string, CompiledExpression>
  /** Position in its scope, in topological order. */
  position: number
}

export type DraftEdge = { source: DraftNode; port: string; target: DraftNode }

/** The top (`box` is null) or the inside of a box. */
export type DraftScope = {
  box: DraftNode | null
  nodes: readonly DraftNode[]
  isUpstream: (source: DraftNode, target: DraftNode) => boolean
}

export const isNote = (node: DraftNode): boolean => node.spec.family === 'note'
export const isOutput = (node: DraftNode): boolean => node.node.kind === 'output'

export const label = ({ node }: DraftNode): string =>
  node.name === undefined || node.name.trim() === '' ? `\`${node.id}\`` : `\`${node.id}\` (${node.name.slice(0, 60)})`

/** The boxes around a node, innermost first. */
export function* boxesAround(node: DraftNode): Generator<DraftNode> {
  for (let box = node.parent; box !== null; box = box.parent) yield box
}

/** Asks a spec about a config that may be half-finished: then it may not be able to answer. */
export function ask<T>(node: DraftNode, question: (config: unknown) => T): T | null {
  if (node.config.type === 'complete') return question(node.config.value)
  try {
    return question(node.config.value)
  } catch {
    return null
  }
}
