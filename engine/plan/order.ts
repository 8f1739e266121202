import { type DraftNode, type DraftScope, isNote, label } from '@/engine/plan/draft'
import type { Report } from '@/engine/plan/report'

/** The top and the inside of every box, each in order. */
export function orderScopes(byId: ReadonlyMap<string, DraftNode>, report: Report): Map<DraftNode | null, DraftScope> {
  const top = [...byId.values()].filter((node) => node.parent === null)
  const boxes = [...byId.values()].filter((node) => node.spec.box !== undefined)
  return new Map<DraftNode | null, DraftScope>([
    [null, orderScope(null, top, report)],
    ...boxes.map((box) => [box, orderScope(box, box.children, report)] as const),
  ])
}

/** Puts the nodes of a scope into topological order; where they go in a circle, says which. */
function orderScope(box: DraftNode | null, all: readonly DraftNode[], report: Report): DraftScope {
  const nodes = all.filter((node) => !isNote(node))
  const ordered = sort(nodes)
  const isCyclic = ordered.length < nodes.length
  if (isCyclic) reportCycles(nodes, new Set(ordered), report)
  const placed = isCyclic ? nodes : ordered
  placed.forEach((node, position) => {
    node.position = position
  })
  // In a circle everything is before everything: no reference is blamed for what the edges did.
  return { box, nodes: placed, isUpstream: isCyclic ? () => true : upstreamOf(placed) }
}

/** Nodes that can start first come first, in the order of the graph. What is in or behind a circle is missing. */
function sort(nodes: readonly DraftNode[]): readonly DraftNode[] {
  const open = new Map(nodes.map((node) => [node, node.incoming.length]))
  const ordered = nodes.filter((node) => node.incoming.length === 0)
  for (let next = 0; next < ordered.length; next += 1) {
    for (const { target } of ordered[next]?.outgoing ?? []) {
      const left = (open.get(target) ?? 0) - 1
      open.set(target, left)
      if (left === 0) ordered.push(target)
    }
  }
  return ordered
}

/** Walks against the edges from each node that is left: sooner or later it comes round, or to what is known already. */
function reportCycles(nodes: readonly DraftNode[], ordered: ReadonlySet<DraftNode>, report: Report): void {
  const known = new Set(ordered)
  for (const start of nodes) {
    const way: DraftNode[] = []
    const onWay = new Set<DraftNode>()
    let here: DraftNode | undefined = start
    while (here !== undefined && !known.has(here) && !onWay.has(here)) {
      way.push(here)
      onWay.add(here)
      here = here.incoming.find((edge) => !known.has(edge.source))?.source
    }
    if (here !== undefined && onWay.has(here)) reportCycle(way.slice(way.indexOf(here)).reverse(), report)
    for (const node of way) known.add(node)
  }
}

function reportCycle(cycle: readonly DraftNode[], report: Report): void {
  const first = cycle.reduce((least, node) => (node.at < least.at ? node : least))
  const from = cycle.indexOf(first)
  const round = [...cycle.slice(from), ...cycle.slice(0, from)]
  const shown = round.length > 8 ? [...round.slice(0, 7).map(label), '…'] : round.map(label)
  const message = `The edges go in a circle: ${[...shown, label(first)].join(' → ')}; remove one of them, or use a loop box to repeat.`
  report.node(first, 'cycle', { message })
}

/**
 * One row of bits a node, made when first asked for: 180 KB for 1,200 nodes, where sets of names would be 700,000 entries.
 */
function upstreamOf(nodes: readonly DraftNode[]): DraftScope['isUpstream'] {
  const width = Math.ceil(nodes.length / 32)
  let rows: Uint32Array | null = null
  const fill = () => {
    const table = new Uint32Array(nodes.length * width)
    for (const node of nodes) {
      const row = node.position * width
      for (const { source } of node.incoming) {
        const from = source.position * width
        for (let word = 0; word < width; word += 1)
          table[row + word] = (table[row + word] ?? 0) | (table[from + word] ?? 0)
        const bit = row + (source.position >>> 5)
        table[bit] = (table[bit] ?? 0) | (1 << (source.position & 31))
      }
    }
    return table
  }
  return (source, target) => {
    rows ??= fill()
    const word = rows[target.position * width + (source.position >>> 5)] ?? 0
    return ((word >>> (source.position & 31)) & 1) === 1
  }
}
