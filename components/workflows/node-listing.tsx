import type { FoundProblem } from '@/components/api/problem'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { cx } from '@/components/ui/cx'
import { plural } from '@/components/ui/format'
import { Panel } from '@/components/ui/panel'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

type Props = { graph: Graph; problems: readonly FoundProblem[] }

/** The graph as a list: what each node is and does, boxes with what lives inside. */
export function NodeListing({ graph, problems }: Props) {
  if (graph.nodes.length === 0) return <p className="text-ink-faint py-6 text-center text-sm">The graph is empty.</p>
  return (
    <Panel>
      <ul>
        {inTree(graph.nodes).map(({ node, depth }) => (
          <NodeItem
            key={node.id}
            node={node}
            depth={depth}
            problems={problems.filter(({ nodeId }) => nodeId === node.id).length}
          />
        ))}
      </ul>
    </Panel>
  )
}

const indents = ['', 'pl-6', 'pl-12', 'pl-18', 'pl-24'] as const

function NodeItem({ node, depth, problems }: { node: GraphNode; depth: number; problems: number }) {
  const view = views[node.kind]
  const line = view?.line(node.config) ?? ''
  return (
    <li className={cx('border-line border-b last:border-b-0', indents[Math.min(depth, 4)])}>
      <div className="flex min-h-14 items-center gap-3 px-4 py-2">
        <KindIcon view={view} />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{node.name ?? node.id}</span>
            <span className="text-ink-faint text-sm">{view?.title ?? node.kind}</span>
          </p>
          {line !== '' && <p className="text-ink-soft truncate text-sm">{line}</p>}
        </div>
        {problems > 0 && <span className="text-failed text-sm whitespace-nowrap">{plural(problems, 'problem')}</span>}
      </div>
    </li>
  )
}

function inTree(nodes: readonly GraphNode[]): { node: GraphNode; depth: number }[] {
  const ids = new Set(nodes.map(({ id }) => id))
  const inside = (parent: string | undefined, depth: number): { node: GraphNode; depth: number }[] =>
    depth > nodes.length
      ? []
      : nodes
          .filter((node) => (node.parent !== undefined && ids.has(node.parent) ? node.parent : undefined) === parent)
          .flatMap((node) => [{ node, depth }, ...inside(node.id, depth + 1)])
  return inside(undefined, 0)
}
