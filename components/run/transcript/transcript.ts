import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote, isTeam, nameOf } from '@/components/editor/graph/kinds'
import type { NodeEntry, TreeEntry } from '@/components/run/run-tree'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { NodeState, RunState } from '@/engine/run/state'

/** One turn of a member: what it says, and to whom. */
export type Speech = {
  path: PathKey
  speaker: GraphNode
  name: string
  leads: boolean
  to: readonly string[]
  round: number
  state: NodeState | undefined
}

/** The teams of a run that have begun, outermost first. */
export const teamsIn = (entries: readonly TreeEntry[]): NodeEntry[] =>
  entries.flatMap((entry) => [
    ...(entry.type === 'node' && isTeam(entry.node.kind) && entry.state ? [entry] : []),
    ...teamsIn(entry.inside),
  ])

export const leadOf = (graph: Graph, team: GraphNode): string | null => {
  if (team.config.mode !== 'supervisor') return null
  const members = (indexOf(graph).children.get(team.id) ?? []).filter(({ kind }) => !isNote(kind))
  return members.find(({ id }) => id === team.config.lead)?.id ?? members[0]?.id ?? null
}

/** The conversation of a team: its turns in the order in which they were opened. */
export function transcriptOf(graph: Graph, state: RunState, path: PathKey, team: GraphNode): readonly Speech[] {
  const { byId } = indexOf(graph)
  const lead = leadOf(graph, team)
  const openings = (state.openings.get(path) ?? []).flatMap((opening) =>
    opening.type === 'turns' ? [opening.turns] : [],
  )
  let round = lead === null ? 1 : 0
  return openings.flatMap((turns, at) => {
    if (lead !== null && turns.some(({ member }) => member === lead)) round++
    const next = openings[at + 1]?.map(({ member }) => member) ?? []
    return turns.flatMap(({ member, turn }): Speech[] => {
      const speaker = byId.get(member)
      if (!speaker) return []
      const key = `${path}/${member}#${turn}`
      const to = hearersOf(member, next, { mode: String(team.config.mode), lead })
      return [
        {
          path: key,
          speaker,
          name: nameOf(speaker),
          leads: member === lead,
          to: to.flatMap((id) => byId.get(id) ?? []).map(nameOf),
          round,
          state: state.nodes.get(key),
        },
      ]
    })
  })
}

function hearersOf(
  member: string,
  next: readonly string[],
  { mode, lead }: { mode: string; lead: string | null },
): string[] {
  if (mode === 'parallel') return []
  if (lead !== null && member !== lead) return [lead]
  return [...new Set(next)].filter((id) => id !== member)
}
