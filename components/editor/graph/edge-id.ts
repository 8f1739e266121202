import type { GraphEdge } from '@/engine/graph/schema'

/** An edge is what it connects; it has no id of its own in the format. */
export const edgeId = ({ source, sourcePort = 'out', target }: GraphEdge): string => `${source} ${sourcePort} ${target}`

export const isSameEdge = (a: GraphEdge, b: GraphEdge): boolean => edgeId(a) === edgeId(b)

/** `out` is left out, as in the files. */
export const makeEdge = (source: string, port: string, target: string): GraphEdge =>
  port === 'out' ? { source, target } : { source, sourcePort: port, target }
