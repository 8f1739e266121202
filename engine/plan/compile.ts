import type { Graph } from '@/engine/graph/schema'
import type { KindSpecs } from '@/engine/kind/spec'
import { buildPlan } from '@/engine/plan/build'
import { checkRules, placeNodes } from '@/engine/plan/containers'
import { type DraftNode, type DraftScope, isNote } from '@/engine/plan/draft'
import { draftNodes } from '@/engine/plan/draft-nodes'
import { connect } from '@/engine/plan/edges'
import { readExpressions } from '@/engine/plan/expressions'
import { checkMentions, type Known } from '@/engine/plan/known'
import { orderScopes } from '@/engine/plan/order'
import type { Plan, Problem } from '@/engine/plan/plan'
import { checkReference } from '@/engine/plan/references'
import { newReport, type Report } from '@/engine/plan/report'
import { resultOf, warnAbout } from '@/engine/plan/results'

/** `problems` of a plan are warnings. */
export type Compiled =
  | { ok: true; plan: Plan; problems: readonly Problem[] }
  | { ok: false; problems: readonly Problem[] }

/** Checks a graph from all sides and reports all that is wrong at once; only a graph without errors becomes a plan. */
export function compile(graph: Graph, specs: KindSpecs, known: Known = {}): Compiled {
  const report = newReport()
  const byId = draftNodes(graph, specs, report)
  if ([...byId.values()].every(isNote))
    report.graph('empty', 'The graph has no nodes that do anything; add at least one.')
  placeNodes(byId, report)
  connect(graph.edges, byId, report)
  const scopes = orderScopes(byId, report)
  const results = findResults(scopes.values(), report)
  checkRules(byId.values(), report)
  for (const node of byId.values()) checkMentions(node, known, { graph, report })
  const mentions = [...byId.values()].flatMap((node) => readExpressions(node, report))
  for (const mention of mentions) checkReference(mention, { byId, scopes, specs, report })
  for (const scope of scopes.values()) warnAbout(scope, report)
  const problems = report.close()
  if (report.hasErrors()) return { ok: false, problems }
  return { ok: true, plan: buildPlan(graph, scopes, results), problems }
}

function findResults(scopes: Iterable<DraftScope>, report: Report): Map<DraftNode, DraftNode> {
  const results = new Map<DraftNode, DraftNode>()
  for (const scope of scopes) {
    const result = resultOf(scope, report)
    if (scope.box !== null && result !== null) results.set(scope.box, result)
  }
  return results
}
