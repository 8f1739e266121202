import { Position } from '@xyflow/react'
import { edgeId } from '@/components/editor/graph/edge-id'
import { type Place, placesOf } from '@/components/editor/graph/geometry'
import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { isBox, isNote, isTeam, nameOf, portsOf, specOf, takesEdges } from '@/components/editor/graph/kinds'
import { leadOf } from '@/components/editor/graph/lead-of'
import type { EditorState, Flow, FlowEdge, FlowNode, NodeData, PortData } from '@/components/editor/store/types'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import type { Problem } from '@/engine/plan/plan'

type Seen = Pick<EditorState, 'flow' | 'graph' | 'pins' | 'problems' | 'selected' | 'selectedEdges'>

/** What React Flow draws. Only what changed gets a new object, so only that is drawn again. */
export function deriveFlow(state: Seen): Flow {
  const nodes = deriveNodes(state)
  const edges = deriveEdges(state)
  const { flow } = state
  const isSameNodes = isSameList(nodes, flow.nodes)
  const isSameEdges = isSameList(edges, flow.edges)
  if (isSameNodes && isSameEdges) return flow
  return { nodes: isSameNodes ? flow.nodes : nodes, edges: isSameEdges ? flow.edges : edges }
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index])

function deriveNodes({ flow, graph, pins, problems, selected }: Seen): FlowNode[] {
  const old = new Map(flow.nodes.map((node) => [node.id, node]))
  const counts = countProblems(problems)
  const places = placesOf(graph)
  const leads = leadsOf(graph)
  return parentsFirst(graph).flatMap((node) => {
    const place = places.get(node.id)
    if (place === undefined) return []
    const before = old.get(node.id)
    const data = keepData(
      before?.data,
      dataOf(node, graph, { ...counts.get(node.id), leads: leads.has(node.id), pinned: Object.hasOwn(pins, node.id) }),
    )
    return [keepNode(before, { node, place, data, parent: parentOf(graph, node.id), selected: selected.has(node.id) })]
  })
}

type Counts = { errors?: number; warnings?: number; leads: boolean; pinned: boolean }

function dataOf(node: GraphNode, graph: Graph, { errors = 0, warnings = 0, leads, pinned }: Counts): NodeData {
  const { children, incoming } = indexOf(graph)
  const parent = parentOf(graph, node.id)
  const isMember = parent !== null && isTeam(indexOf(graph).byId.get(parent)?.kind ?? '')
  return {
    node,
    ports: drawnPorts(node, graph, isMember),
    hasTarget: (takesEdges(node.kind) && !isMember) || (incoming.get(node.id)?.length ?? 0) > 0,
    errors,
    warnings,
    leads,
    pinned,
    inside: (children.get(node.id) ?? []).filter((child) => !isNote(child.kind)).length,
  }
}

/** The ports of the kind, and those that edges leave by although they aren't there: such an edge must be seen too. */
function drawnPorts(node: GraphNode, graph: Graph, isMember: boolean): readonly PortData[] {
  const known = isNote(node.kind) || isMember ? [] : portsOf(node)
  const used = indexOf(graph).outgoing.get(node.id)
  const names = new Set([...known, ...(used ?? []).map((edge) => edge.sourcePort ?? 'out')])
  return [...names].map((name) => ({ name, known: known.includes(name) }))
}

function keepData(before: NodeData | undefined, next: NodeData): NodeData {
  if (before === undefined) return next
  const isSame =
    before.node === next.node &&
    before.hasTarget === next.hasTarget &&
    before.errors === next.errors &&
    before.warnings === next.warnings &&
    before.leads === next.leads &&
    before.pinned === next.pinned &&
    before.inside === next.inside &&
    before.ports.length === next.ports.length &&
    before.ports.every((port, index) => port.name === next.ports[index]?.name && port.known === next.ports[index].known)
  return isSame ? before : next
}

type Drawn = { node: GraphNode; place: Place; data: NodeData; parent: string | null; selected: boolean }

function keepNode(before: FlowNode | undefined, drawn: Drawn): FlowNode {
  const { node, place, data, parent, selected } = drawn
  const type = isNote(node.kind) ? 'note' : isBox(node.kind) ? 'box' : 'card'
  // Somebody has it in the hand: it goes where the hand goes.
  const position = before?.dragging === true ? before.position : place.at
  const isSame =
    before !== undefined &&
    before.type === type &&
    before.data === data &&
    before.selected === selected &&
    before.parentId === (parent ?? undefined) &&
    before.position.x === position.x &&
    before.position.y === position.y &&
    before.width === place.size.width &&
    before.height === place.size.height
  if (isSame) return before
  const { width, height } = place.size
  return {
    id: node.id,
    type,
    position,
    data,
    selected,
    width,
    height,
    // Sizes and ports are known beforehand: nothing has to be measured on the screen before edges can be drawn.
    measured: { width, height },
    handles: handlesOf(data, width, height),
    ...(before?.dragging === true && { dragging: true }),
    ...(parent !== null && { parentId: parent }),
    ariaLabel: ariaLabelOf(data),
  }
}

const dot = 10

function handlesOf({ ports, hasTarget }: NodeData, width: number, height: number): NonNullable<FlowNode['handles']> {
  const source = ports.map(({ name }, index) => ({
    id: name,
    type: 'source' as const,
    position: Position.Right,
    x: width - dot / 2,
    y: portTop(index, ports.length, height) - dot / 2,
    width: dot,
    height: dot,
  }))
  if (!hasTarget) return source
  const target = {
    id: 'in',
    type: 'target' as const,
    position: Position.Left,
    x: -dot / 2,
    y: height / 2 - dot / 2,
    width: dot,
    height: dot,
  }
  return [target, ...source]
}

/** Ports are spread evenly over the right side. */
export const portTop = (index: number, count: number, height: number): number => ((index + 1) * height) / (count + 1)

function ariaLabelOf({ node, errors, warnings, pinned }: NodeData): string {
  const wrong =
    errors + warnings === 0 ? '' : `, ${errors + warnings} ${errors + warnings === 1 ? 'problem' : 'problems'}`
  return `${nameOf(node)}, ${specOf(node.kind)?.title ?? node.kind}${pinned ? ', output pinned' : ''}${wrong}`
}

function countProblems(problems: readonly Problem[]): ReadonlyMap<string, { errors: number; warnings: number }> {
  const counts = new Map<string, { errors: number; warnings: number }>()
  for (const { nodeId, severity } of problems) {
    if (nodeId === undefined) continue
    const count = counts.get(nodeId) ?? { errors: 0, warnings: 0 }
    count[severity === 'error' ? 'errors' : 'warnings'] += 1
    counts.set(nodeId, count)
  }
  return counts
}

const leadsOf = (graph: Graph): ReadonlySet<string> => new Set(graph.nodes.flatMap((node) => leadOf(graph, node) ?? []))

function parentsFirst(graph: Graph): readonly GraphNode[] {
  const { children } = indexOf(graph)
  if (children.size <= 1) return graph.nodes
  const sorted: GraphNode[] = []
  const walk = (box: string | null) => {
    for (const node of children.get(box) ?? []) {
      sorted.push(node)
      if (children.has(node.id)) walk(node.id)
    }
  }
  walk(null)
  return sorted
}

function deriveEdges({ flow, graph, selectedEdges }: Seen): FlowEdge[] {
  const old = new Map(flow.edges.map((edge) => [edge.id, edge]))
  const { byId } = indexOf(graph)
  const drawn = new Map<string, FlowEdge>()
  for (const edge of graph.edges) {
    if (!byId.has(edge.source) || !byId.has(edge.target)) continue
    const id = edgeId(edge)
    const selected = selectedEdges.has(id)
    const before = old.get(id)
    const isSame = before !== undefined && before.selected === selected
    drawn.set(
      id,
      isSame
        ? before
        : {
            id,
            type: 'wire',
            source: edge.source,
            sourceHandle: edge.sourcePort ?? 'out',
            target: edge.target,
            targetHandle: 'in',
            selected,
            data: { edge },
          },
    )
  }
  return [...drawn.values()]
}
