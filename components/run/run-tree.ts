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
export const runTree = (graph: Graph, state: RunState): readonly TreeEntry[] =>
  entriesOf({ state, children: childrenOf(graph) }, '', [])

const ordered = new WeakMap<Graph, ReadonlyMap<string, readonly GraphNode[]>>()

/** Nodes by the box they live in ('' at the top). A graph doesn't change, while its run is drawn many times a second. */
function childrenOf(graph: Graph): ReadonlyMap<string, readonly GraphNode[]> {
  const known = ordered.get(graph)
  if (known) return known
  const children = new Map<string, GraphNode[]>()
  for (const node of inOrder(graph)) {
    const parent = node.parent ?? ''
    const siblings = children.get(parent)
    if (siblings) siblings.push(node)
    else children.set(parent, [node])
  }
  ordered.set(graph, children)
  return children
}

/** Sources before targets, otherwise as they stand in the file; without notes. */
function inOrder({ nodes, edges }: Graph): GraphNode[] {
  const sources = new Map<string, number>()
  const targets = new Map<string, string[]>()
  for (const { source, target } of edges) {
    sources.set(target, (sources.get(target) ?? 0) + 1)
    targets.set(source, [...(targets.get(source) ?? []), target])
  }
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const list = nodes.filter(({ id }) => !sources.has(id))
  for (const { id } of list) {
    for (const target of targets.get(id) ?? []) {
      const left = (sources.get(target) ?? 1) - 1
      sources.set(target, left)
      const node = byId.get(target)
      if (left === 0 && node) list.push(node)
    }
  }
  return list.filter(({ kind }) => kind !== 'note')
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
