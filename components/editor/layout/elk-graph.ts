import type { ElkNode } from 'elkjs/lib/elk-api'
import { boxPadding, type Point, placesOf, type Size } from '@/components/editor/graph/geometry'
import { indexOf } from '@/components/editor/graph/graph-index'
import { isBox, isNote, isTeam, portsOf } from '@/components/editor/graph/kinds'
import { arrangeTeam } from '@/components/editor/layout/team-layout'
import type { Graph, GraphNode } from '@/engine/graph/schema'

export type Positions = { readonly [id: string]: Point }
/** What goes to the worker, and what is known already: members of teams stand by the mode of the team. */
export type LayoutTask = { root: ElkNode; members: Positions; sizes: { readonly [id: string]: Size } }

const inside = `[top=${boxPadding.top},left=${boxPadding.left},bottom=${boxPadding.bottom},right=${boxPadding.right}]`
const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '88',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.spacing.componentComponent': '60',
}

export function layoutTask(graph: Graph): LayoutTask {
  const members: { [id: string]: Point } = {}
  const sizes: { [id: string]: Size } = {}
  const { children } = indexOf(graph)
  const places = placesOf(graph)
  const sizeOfTeam = (team: GraphNode): Size => {
    const nodes = (children.get(team.id) ?? []).filter((node) => !isNote(node.kind))
    const boxes = nodes.map((node) => ({
      id: node.id,
      size: isTeam(node.kind) ? sizeOfTeam(node) : (places.get(node.id)?.size ?? { width: 240, height: 84 }),
    }))
    const { size, positions } = arrangeTeam(team, boxes)
    Object.assign(members, positions)
    sizes[team.id] = size
    return size
  }
  const elkNode = (node: GraphNode): ElkNode => {
    const size = isTeam(node.kind) ? sizeOfTeam(node) : (places.get(node.id)?.size ?? { width: 240, height: 84 })
    const content = isBox(node.kind) && !isTeam(node.kind) ? (children.get(node.id) ?? []) : []
    const fixed = { id: node.id, width: size.width, height: size.height, ...portsFor(node, size) }
    if (content.length === 0) return fixed
    return {
      id: node.id,
      layoutOptions: { ...options, 'elk.padding': inside },
      ...scope(node.id, content),
    }
  }
  const scope = (box: string | null, nodes: readonly GraphNode[]) => {
    const drawn = nodes.filter((node) => !isNote(node.kind))
    const ids = new Set(drawn.map(({ id }) => id))
    return {
      children: drawn.map(elkNode),
      edges: graph.edges
        .filter(({ source, target }) => ids.has(source) && ids.has(target))
        .map((edge, index) => ({
          id: `${box ?? ''}#${index}`,
          sources: [hasPorts(graph, edge.source) ? `${edge.source}/${edge.sourcePort ?? 'out'}` : edge.source],
          targets: [edge.target],
        })),
    }
  }
  const root = { id: '#root', layoutOptions: options, ...scope(null, children.get(null) ?? []) }
  return { root, members, sizes }
}

/** Branches keep the order of their ports, so that edges don't cross. */
function portsFor(node: GraphNode, size: Size): Pick<ElkNode, 'ports' | 'layoutOptions'> {
  const ports = portsOf(node)
  if (isBox(node.kind) || ports.length < 2) return {}
  return {
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: ports.map((name, index) => ({
      id: `${node.id}/${name}`,
      x: size.width,
      y: ((index + 1) * size.height) / (ports.length + 1),
      width: 0,
      height: 0,
    })),
  }
}

const hasPorts = (graph: Graph, id: string): boolean => {
  const node = indexOf(graph).byId.get(id)
  return node !== undefined && !isBox(node.kind) && portsOf(node).length > 1
}

export function positionsIn(node: ElkNode): Positions {
  const positions: { [id: string]: Point } = {}
  for (const child of node.children ?? []) {
    positions[child.id] = { x: Math.round(child.x ?? 0), y: Math.round(child.y ?? 0) }
    Object.assign(positions, positionsIn(child))
  }
  return positions
}
