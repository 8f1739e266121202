import { configProblems } from '@/engine/graph/config-problems'
import { isReserved } from '@/engine/graph/ids'
import type { Place } from '@/engine/graph/issues'
import { suggestion } from '@/engine/graph/nearest'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { own } from '@/engine/json'
import type { KindSpec, KindSpecs } from '@/engine/kind/spec'
import { type DraftNode, label } from '@/engine/plan/draft'
import type { Report } from '@/engine/plan/report'

/** The nodes with their kinds and configs. Those of an unknown kind or a taken id are reported and left out. */
export function draftNodes(graph: Graph, specs: KindSpecs, report: Report): Map<string, DraftNode> {
  const byId = new Map<string, DraftNode>()
  for (const [at, node] of graph.nodes.entries()) {
    const draft = draftNode(node, at, own(specs, node.kind) ?? unknownKind(node.kind))
    if (byId.has(node.id)) {
      const message = `There are two nodes with the id ${label(draft)}; give one of them another id.`
      report.node(draft, 'duplicate_id', { field: 'id', message })
      continue
    }
    byId.set(node.id, draft)
    if (isReserved(node.id)) {
      const message = `${label(draft)} has a meaning of its own in expressions; give the node another id.`
      report.node(draft, 'reserved_id', { field: 'id', message })
    }
    if (own(specs, node.kind) === undefined) reportKind(draft, specs, report)
    else checkConfig(draft, report)
  }
  return byId
}

function draftNode(node: GraphNode, at: number, spec: KindSpec): DraftNode {
  const parsed = spec.config.safeParse(node.config)
  const config = parsed.success
    ? ({ type: 'complete', value: parsed.data } as const)
    : ({ type: 'partial', value: node.config } as const)
  const links = { parent: null, children: [], incoming: [], outgoing: [] }
  return { node, at, spec, config, ...links, expressions: new Map(), position: -1 }
}

function reportKind(draft: DraftNode, specs: KindSpecs, report: Report): void {
  const { kind } = draft.node
  const message = `${label(draft)} is of the unknown kind \`${kind}\`; choose another.${suggestion(kind, Object.keys(specs))}`
  report.node(draft, 'unknown_kind', { field: 'kind', message })
}

function checkConfig(draft: DraftNode, report: Report): void {
  if (draft.config.type === 'complete') return
  const nameOf = (place: Place): string =>
    place.length === 0 ? `The config of ${label(draft)}` : `\`${place.join('.')}\` of ${label(draft)}`
  const at = ['nodes', draft.at, 'config']
  const found = configProblems(draft.spec, draft.node.config, { at, wanted: 'everything', nameOf })
  for (const problem of found) report.add({ ...problem, nodeId: draft.node.id })
}

/** Stands in for a kind nobody knows, so that the nodes around it are checked all the same. */
const unknownKind = (kind: string): KindSpec => ({
  kind,
  title: kind,
  summary: '',
  family: 'data',
  config: { safeParse: () => ({ success: false }) } as unknown as KindSpec['config'],
  ports: () => {
    throw new Error('unknown')
  },
  expressions: () => [],
  work: () => 'steps',
  repeatable: () => false,
  defaultRetries: 0,
})
