import type { Condition } from '../expressions/condition'
import type { Structure } from '../expressions/structure'
import type { Template } from '../expressions/template'
import type { Graph, Role } from '../graph/schema'
import type { KindSpec } from '../kind/spec'

/** A field's expression, parsed once. */
export type CompiledExpression =
  | { type: 'text'; template: Template }
  | { type: 'structure'; structure: Structure }
  | { type: 'condition'; condition: Condition }
  | { type: 'value'; condition: Condition }

export type PlanEdge = { source: PlanNode; port: string; target: PlanNode }

export type RetryPolicy = { max: number; delayMs: number; backoff: 'fixed' | 'exponential' }

export type PlanNode = {
  id: string
  kind: string
  name: string
  spec: KindSpec
  config: unknown
  /** Position among the nodes of its scope: index into the counters of a scope. */
  index: number
  /** The box it lives in, null at the top. */
  parent: PlanNode | null
  incoming: readonly PlanEdge[]
  outgoing: readonly PlanEdge[]
  /** Distinct sources in the order of the edges. */
  sources: readonly PlanNode[]
  join: 'all' | 'any'
  /** The inside of a box, null for everything else. */
  inside: PlanScope | null
  expressions: ReadonlyMap<string, CompiledExpression>
  retry: RetryPolicy
  timeoutMs: number | null
  onError: 'fail' | 'continue' | 'branch'
  onDoubt: 'retry' | 'ask'
  inline: boolean
}

export type PlanScope = {
  box: PlanNode | null
  /** In topological order (members of a team: in the order of `nodes`). Notes are not in it. */
  nodes: readonly PlanNode[]
  entries: readonly PlanNode[]
  /** The node whose output is the result of the box; null when nothing is. */
  result: PlanNode | null
}

export type Plan = {
  graph: Graph
  root: PlanScope
  /** Every node of the graph, boxes and children alike. */
  nodes: ReadonlyMap<string, PlanNode>
  outputs: readonly PlanNode[]
  roles: ReadonlyMap<string, Role>
}

/** One thing that is wrong with a graph, with how to mend it. */
export type Problem = {
  code: string
  severity: 'error' | 'warning'
  nodeId?: string
  /** An option of the node (`parent`, `retry`) or a dotted path in its config (`prompt`, `routes.0.when`). */
  field?: string
  /** Where in the document: `nodes[2].config.prompt`, `edges[0]`. */
  path?: string
  message: string
}
