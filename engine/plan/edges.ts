import { nearest } from '@/engine/graph/nearest'
import type { GraphEdge } from '@/engine/graph/schema'
import { ask, type DraftNode, isNote, label } from '@/engine/plan/draft'
import type { Report } from '@/engine/plan/report'

type Ends = { edge: GraphEdge; index: number; source: DraftNode; target: DraftNode }

/** Draws the edges between the nodes. An edge that is wrong is reported and not drawn. */
export function connect(edges: readonly GraphEdge[], byId: ReadonlyMap<string, DraftNode>, report: Report): void {
  const drawn = new Set<string>()
  for (const [index, edge] of edges.entries()) {
    const source = findEnd(edge, index, { end: 'source', byId, report })
    const target = findEnd(edge, index, { end: 'target', byId, report })
    if (source === null || target === null) continue
    const ends = { edge, index, source, target }
    if (!mayConnect(ends, report) || !checkPort(ends, report) || !isNew(ends, drawn, report)) continue
    const draft = { source, port: edge.sourcePort ?? 'out', target }
    source.outgoing.push(draft)
    target.incoming.push(draft)
  }
}

function isNew(ends: Ends, drawn: Set<string>, report: Report): boolean {
  const { edge } = ends
  const identity = `${edge.source} ${edge.sourcePort ?? 'out'} ${edge.target}`
  if (!drawn.has(identity)) {
    drawn.add(identity)
    return true
  }
  complain(ends, 'duplicate_edge', 'is drawn twice; remove one of the edges', report)
  return false
}

type Search = { end: 'source' | 'target'; byId: ReadonlyMap<string, DraftNode>; report: Report }

function findEnd(edge: GraphEdge, index: number, { end, byId, report }: Search): DraftNode | null {
  const id = edge[end]
  const node = byId.get(id)
  if (node !== undefined) return node
  const other = end === 'source' ? edge.target : edge.source
  const hint = report.suggest(id, () => [nearest(id, byId.keys()) ?? []].flat())
  const way = end === 'source' ? `to \`${other}\` comes from` : `from \`${other}\` leads to`
  const message = `An edge ${way} \`${id}\`, which does not exist; remove it or correct the id.${hint}`
  report.edge(index, 'unknown_node', { nodeId: byId.has(other) ? other : id, message })
  return null
}

function complain({ source, target, index }: Ends, code: string, why: string, report: Report): void {
  report.edge(index, code, {
    nodeId: source.node.id,
    message: `The edge from ${label(source)} to ${label(target)} ${why}.`,
  })
}

function mayConnect(ends: Ends, report: Report): boolean {
  const { source, target } = ends
  const refuse = (code: string, why: string): false => {
    complain(ends, code, why, report)
    return false
  }
  if (source === target)
    return refuse('self_loop', 'leads back to where it starts; remove it, or use a loop box to repeat')
  if (isNote(source) || isNote(target))
    return refuse('note_edge', 'ends at a note, and notes take no part in a run; remove it')
  if (source.node.parent !== target.node.parent) {
    return refuse('crosses_box', `crosses the border of a box; connect ${crossing(source, target)} instead`)
  }
  if (source.parent?.spec.box?.members === undefined) return true
  return refuse(
    'edge_in_members',
    `is inside ${label(source.parent)}, whose members take turns by themselves; remove it`,
  )
}

/** The nodes in the same box that hold the two ends. */
function crossing(source: DraftNode, target: DraftNode): string {
  const around = chain(source)
  for (const to of chain(target)) {
    const from = around.find((node) => node.parent === to.parent)
    if (from !== undefined && from !== to) return `${label(from)} with ${label(to)}`
  }
  return 'nodes of the same box'
}

function chain(node: DraftNode): DraftNode[] {
  const nodes = [node]
  for (let box = node.parent; box !== null; box = box.parent) nodes.push(box)
  return nodes
}

function checkPort(ends: Ends, report: Report): boolean {
  const { source, edge } = ends
  const port = edge.sourcePort
  if (port === 'error') {
    if (source.node.onError === 'branch') return true
    complain(
      ends,
      'error_port',
      `starts at the port \`error\`, which is only there with \`onError: branch\`; set that on ${label(source)}`,
      report,
    )
    return false
  }
  const ports = ask(source, (config) => source.spec.ports(config))
  if (ports === null || ports.includes(port ?? 'out')) return true
  const named = ports.map((name) => `\`${name}\``).join(', ')
  if (ports.length === 0)
    complain(ends, 'no_ports', `starts at a node behind which nothing can come; remove it`, report)
  else if (port === undefined)
    complain(ends, 'port_required', `must say by which port it leaves; set \`sourcePort\` to one of ${named}`, report)
  else {
    const meant = nearest(port, ports)
    const hint = meant === null ? '' : `, perhaps \`${meant}\``
    complain(
      ends,
      'unknown_port',
      `starts at the unknown port \`${port}\`; set \`sourcePort\` to one of ${named}${hint}`,
      report,
    )
  }
  return false
}
