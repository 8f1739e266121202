import type { Graph, GraphNode } from '@/engine/graph/schema'
import { formatPath, type Path, type PathKey } from '@/engine/path'
import type { Opening } from '@/engine/run/events'
import type { NodeState, RunState } from '@/engine/run/state'

export type NodeEntry = {
  type: 'node'
  path: PathKey
  node: GraphNode
  /** `Writer`, or `Writer, turn 2` in a team. */
  title: string
  state: NodeState | undefined
  inside: readonly TreeEntry[]
}

/** One item of a map, one iteration of a loop. */
export type ScopeEntry = {
  type: 'scope'
  key: PathKey
  title: string
  status: ScopeStatus
  inside: readonly TreeEntry[]
}
export type ScopeStatus = 'idle' | 'active' | 'done' | 'failed'
export type TreeEntry = NodeEntry | ScopeEntry

type Context = { state: RunState; children: ReadonlyMap<string, readonly GraphNode[]> }

/** A run as a person reads it: the nodes in the order of the graph, boxes with what they have opened so far. */
export function runTree(graph: Graph, state: RunState): readonly TreeEntry[] {
  const children = new Map<string, GraphNode[]>()
  for (const node of graph.nodes) {
    if (node.kind === 'note') continue
    const parent = node.parent ?? ''
    children.set(parent, [...(children.get(parent) ?? []), node])
  }
  for (const [parent, nodes] of children) children.set(parent, inOrder(nodes, graph))
  return entriesOf({ state, children }, '', [])
}

/** Sources before targets; otherwise as they stand in the file. */
function inOrder(nodes: readonly GraphNode[], graph: Graph): GraphNode[] {
  const ids = new Set(nodes.map(({ id }) => id))
  const before = new Map<string, Set<string>>()
  for (const { source, target } of graph.edges) {
    if (ids.has(source) && ids.has(target)) before.set(target, (before.get(target) ?? new Set()).add(source))
  }
  const placed = new Set<string>()
  const ordered: GraphNode[] = []
  let rest = [...nodes]
  while (rest.length > 0) {
    const isReady = ({ id }: GraphNode) => [...(before.get(id) ?? [])].every((source) => placed.has(source))
    const ready = rest.filter(isReady)
    const next = ready.length > 0 ? ready : rest
    for (const node of next) placed.add(node.id)
    ordered.push(...next)
    rest = rest.filter((node) => !placed.has(node.id))
  }
  return ordered
}

const entriesOf = (context: Context, parent: string, prefix: Path): TreeEntry[] =>
  (context.children.get(parent) ?? []).map((node) => nodeEntry(context, node, [...prefix, { node: node.id }]))

function nodeEntry(context: Context, node: GraphNode, path: Path): NodeEntry {
  const key = formatPath(path)
  const turn = path.at(-1)?.turn
  const name = node.name ?? node.id
  const inside = insideOf(context, node, path)
  return {
    type: 'node',
    path: key,
    node,
    title: turn === undefined || turn === 1 ? name : `${name}, turn ${turn}`,
    state: context.state.nodes.get(key),
    inside,
  }
}

function insideOf(context: Context, node: GraphNode, path: Path): readonly TreeEntry[] {
  const openings = context.state.openings.get(formatPath(path))
  if (!openings) return []
  if (node.kind === 'team') return turnsOf(context, node, { path, openings })
  const what = node.kind === 'loop' ? 'Iteration' : 'Item'
  return indexesOf(openings).map((index) => {
    const scope: Path = [...path.slice(0, -1), { ...path.at(-1), node: node.id, index }]
    const inside = entriesOf(context, node.id, scope)
    return { type: 'scope', key: formatPath(scope), title: `${what} ${index + 1}`, status: scopeStatus(inside), inside }
  })
}

function turnsOf(context: Context, team: GraphNode, box: { path: Path; openings: readonly Opening[] }): TreeEntry[] {
  const members = new Map((context.children.get(team.id) ?? []).map((member) => [member.id, member]))
  return box.openings.flatMap((opening) =>
    opening.type !== 'turns'
      ? []
      : opening.turns.flatMap(({ member, turn }) => {
          const node = members.get(member)
          return node ? [nodeEntry(context, node, [...box.path, { node: member, turn }])] : []
        }),
  )
}

const indexesOf = (openings: readonly Opening[]): number[] =>
  openings.flatMap((opening) => {
    if (opening.type === 'items') return Array.from({ length: opening.count }, (_, index) => index)
    return opening.type === 'iteration' ? [opening.index] : []
  })

function scopeStatus(inside: readonly TreeEntry[]): ScopeStatus {
  const states = inside.flatMap((entry) => (entry.type === 'node' ? [entry.state?.status] : []))
  if (states.some((status) => status === 'failed')) return 'failed'
  if (states.every((status) => status === undefined)) return 'idle'
  const isSettled = (status: string | undefined) =>
    status === 'completed' || status === 'skipped' || status === 'cancelled'
  return states.every(isSettled) ? 'done' : 'active'
}

export type Progress = { total: number; done: number; failed: number; active: number }

export function progressOf(entries: readonly TreeEntry[]): Progress {
  const progress = { total: 0, done: 0, failed: 0, active: 0 }
  for (const entry of entries) {
    if (entry.type !== 'scope') continue
    progress.total++
    if (entry.status !== 'idle') progress[entry.status]++
  }
  return progress
}

export function findNode(entries: readonly TreeEntry[], path: PathKey): NodeEntry | null {
  for (const entry of entries) {
    if (entry.type === 'node' && entry.path === path) return entry
    const found = findNode(entry.inside, path)
    if (found) return found
  }
  return null
}
