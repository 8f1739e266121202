import { hash } from 'node:crypto'
import type { Graph } from '@/engine/graph/schema'
import type { InputField } from '@/engine/input'
import type { Json } from '@/engine/json'
import type { Plan, Problem } from '@/engine/plan/plan'
import { canonicalText } from '@/engine/same-json'

export type NodeTitle = { kind: string; name: string }

/** A graph with everything that is derived from it, made once per content. `plan` is null when it does not compile. */
export type Compiled = {
  hash: string
  graph: Graph
  plan: Plan | null
  problems: readonly Problem[]
  fields: readonly InputField[]
  titles: ReadonlyMap<string, NodeTitle>
}

export type Compile = (graph: Graph) => { plan: Plan | null; problems: readonly Problem[] }

/** Equal for equal graphs, whatever the order of their keys: the database does not keep that. */
export const hashGraph = (graph: Graph): string =>
  hash('sha256', canonicalText(JSON.parse(JSON.stringify(graph)) as Json), 'hex')

export function compileGraph(graph: Graph, graphHash: string, compile: Compile): Compiled {
  const { plan, problems } = compile(graph)
  return {
    hash: graphHash,
    graph,
    plan,
    problems,
    fields: plan === null ? [] : fieldsOf(plan),
    titles: new Map(graph.nodes.map(({ id, kind, name }) => [id, { kind, name: name ?? id }])),
  }
}

/** What a run is started with: the fields of the input node. */
function fieldsOf(plan: Plan): readonly InputField[] {
  for (const node of plan.root.nodes) {
    if (node.kind === 'input') return (node.config as { fields: readonly InputField[] }).fields
  }
  return []
}
