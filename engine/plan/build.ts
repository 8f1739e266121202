import type { Graph } from '@/engine/graph/schema'
import { type DraftNode, type DraftScope, isOutput } from '@/engine/plan/draft'
import type { Plan, PlanEdge, PlanNode, PlanScope, RetryPolicy } from '@/engine/plan/plan'

type Links = { plan: PlanNode; incoming: PlanEdge[]; outgoing: PlanEdge[]; sources: PlanNode[] }

/** Makes the plan of a draft in which nothing is wrong. */
export function buildPlan(
  graph: Graph,
  scopes: ReadonlyMap<DraftNode | null, DraftScope>,
  results: ReadonlyMap<DraftNode, DraftNode>,
): Plan {
  const links = new Map<DraftNode, Links>()
  for (const scope of scopes.values()) for (const node of scope.nodes) links.set(node, newLinks(node))
  const planOf = (node: DraftNode | null | undefined): PlanNode | null =>
    node === null || node === undefined ? null : (links.get(node)?.plan ?? null)
  for (const [node, { plan }] of links) {
    plan.parent = planOf(node.parent)
    for (const { source, port, target } of node.incoming) draw(links.get(source), port, links.get(target))
  }
  const scopeOf = (scope: DraftScope): PlanScope => {
    const nodes = scope.nodes.flatMap((node) => planOf(node) ?? [])
    const entries = nodes.filter((node) => node.incoming.length === 0)
    return {
      box: planOf(scope.box),
      nodes,
      entries,
      result: scope.box === null ? null : planOf(results.get(scope.box)),
    }
  }
  for (const scope of scopes.values()) {
    const box = planOf(scope.box)
    if (box !== null) box.inside = scopeOf(scope)
  }
  const top = scopes.get(null)
  const root = top === undefined ? { box: null, nodes: [], entries: [], result: null } : scopeOf(top)
  return {
    graph,
    root,
    nodes: new Map([...links.values()].map(({ plan }) => [plan.id, plan])),
    outputs: (top?.nodes ?? []).filter(isOutput).flatMap((node) => planOf(node) ?? []),
    roles: new Map(Object.entries(graph.roles ?? {})),
  }
}

function draw(source: Links | undefined, port: string, target: Links | undefined): void {
  if (source === undefined || target === undefined) return
  const edge = { source: source.plan, port, target: target.plan }
  source.outgoing.push(edge)
  target.incoming.push(edge)
  if (!target.sources.includes(source.plan)) target.sources.push(source.plan)
}

function newLinks(draft: DraftNode): Links {
  const { node, spec } = draft
  const config = draft.config.value
  const links = { incoming: [], outgoing: [], sources: [] }
  const plan: PlanNode = {
    id: node.id,
    kind: node.kind,
    name: node.name ?? node.id,
    spec,
    config,
    index: draft.position,
    parent: null,
    ...links,
    join: spec.join?.(config) ?? 'all',
    inside: null,
    expressions: draft.expressions,
    retry: retryOf(draft),
    timeoutMs: node.timeoutSeconds === undefined ? null : node.timeoutSeconds * 1_000,
    onError: node.onError ?? 'fail',
    onDoubt: node.onDoubt ?? (spec.repeatable(config) ? 'retry' : 'ask'),
    inline: spec.work(config) === 'inline',
  }
  return { plan, ...links }
}

function retryOf({ node, spec }: DraftNode): RetryPolicy {
  const { max = spec.defaultRetries, delayMs = 1_000, backoff = 'exponential' } = node.retry ?? {}
  return { max, delayMs, backoff }
}
