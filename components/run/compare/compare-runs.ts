import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote } from '@/components/editor/graph/kinds'
import { placesOn } from '@/components/run/canvas/instance-of'
import { durationOf, usageOf } from '@/components/run/node-numbers'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import type { Ref } from '@/engine/payload'
import type { NodeState, RunState } from '@/engine/run/state'
import type { PublicStatus } from '@/engine/run/summary'
import { statusOf } from '@/engine/run/summary'
import { addUsage, type Usage } from '@/engine/usage'

export type Side = { graph: Graph; state: RunState }

/** How a node fared in one run, in all its instances together. */
export type Fared = {
  status: 'completed' | 'failed' | 'cancelled' | 'running'
  count: number
  took: number
  usage: Usage | null
  /** The last output; the only one where the node ran once. */
  output: Ref | null
  /** What came out, and by which way it went on. */
  outcome: string
}

/** `same`: ran in both with the same outcome; `differs`: another output or another end; `neither`: ran in none of them. */
export type Verdict = 'same' | 'differs' | 'only_here' | 'only_there' | 'neither'
export type NodeComparison = {
  id: string
  node: GraphNode
  title: string
  verdict: Verdict
  here: Fared | null
  there: Fared | null
}
export type Totals = { status: PublicStatus; took: number | null; usage: Usage; output: Ref | null }
export type Comparison = { nodes: readonly NodeComparison[]; here: Totals; there: Totals }

/** Two runs of the same workflow, node by node: which way they went, what came out, what it took. */
export function compareRuns(here: Side, there: Side): Comparison {
  const a = faredIn(here.state)
  const b = faredIn(there.state)
  const known = indexOf(here.graph).byId
  const others = there.graph.nodes.filter(({ id }) => !known.has(id))
  const nodes = [...here.graph.nodes, ...others].filter(({ kind }) => !isNote(kind))
  return {
    nodes: nodes.map((node) => {
      const [mine, other] = [a.get(node.id) ?? null, b.get(node.id) ?? null]
      return {
        id: node.id,
        node,
        title: node.name ?? node.id,
        verdict: verdictOf(mine, other),
        here: mine,
        there: other,
      }
    }),
    here: totalsOf(here.state),
    there: totalsOf(there.state),
  }
}

function verdictOf(here: Fared | null, there: Fared | null): Verdict {
  if (here === null) return there === null ? 'neither' : 'only_there'
  if (there === null) return 'only_here'
  return here.status === there.status && here.outcome === there.outcome ? 'same' : 'differs'
}

function faredIn(state: RunState): ReadonlyMap<string, Fared> {
  const found = new Map<string, Fared>()
  for (const [path, node] of state.nodes) {
    if (node.status === 'skipped') continue
    const { node: id } = placesOn(path)
    found.set(id, add(found.get(id), node, usageOf(state, path)))
  }
  return found
}

function add(before: Fared | undefined, node: NodeState, usage: Usage | null): Fared {
  const output = node.status === 'completed' ? node.output : null
  const fared: Fared = {
    status: wordOf(node),
    count: 1,
    took: durationOf(node, 'startedAt' in node ? node.startedAt : 0) ?? 0,
    usage,
    output,
    outcome: outcomeOf(node),
  }
  if (!before) return fared
  return {
    ...fared,
    status: before.status === 'failed' ? 'failed' : fared.status,
    count: before.count + 1,
    took: before.took + fared.took,
    usage: before.usage && usage ? addUsage(before.usage, usage) : (usage ?? before.usage),
    output: output ?? before.output,
    outcome: `${before.outcome}\n${fared.outcome}`,
  }
}

function outcomeOf(node: NodeState): string {
  if (node.status === 'failed') return node.failure.code
  return node.status === 'completed' ? [node.output.hash, node.detail?.hash ?? '', ...node.ports].join(' ') : ''
}

function wordOf({ status }: NodeState): Fared['status'] {
  return status === 'completed' || status === 'failed' || status === 'cancelled' ? status : 'running'
}

function totalsOf(state: RunState): Totals {
  const { run, startedAt, usage } = state
  return {
    status: statusOf(state),
    took: 'finishedAt' in run && startedAt !== null ? run.finishedAt - startedAt : null,
    usage,
    output: run.status === 'completed' ? run.output : null,
  }
}
