import type { GraphNode } from '@/engine/graph/schema'
import type { KindSpec } from '@/engine/kind/spec'

/** Could it be done twice without harm? What isn't set up yet could be anything. */
export function isRepeatable(spec: KindSpec, node: GraphNode): boolean {
  const parsed = spec.config.safeParse(node.config)
  return parsed.success && spec.repeatable(parsed.data)
}
