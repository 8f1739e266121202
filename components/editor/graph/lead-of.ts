import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote, isTeam } from '@/components/editor/graph/kinds'
import type { Graph, GraphNode } from '@/engine/graph/schema'

/** Who leads a team with a supervisor: the one that is named, or the first member. */
export function leadOf(graph: Graph, { id: box, kind, config }: GraphNode): string | null {
  if (!isTeam(kind) || config.mode !== 'supervisor') return null
  const members = (indexOf(graph).children.get(box) ?? []).filter((child) => !isNote(child.kind))
  const lead = members.find(({ id }) => id === config.lead) ?? members[0]
  return lead?.id ?? null
}
