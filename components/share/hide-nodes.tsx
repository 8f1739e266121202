'use client'
import { useQuery } from '@tanstack/react-query'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { isNote, nameOf } from '@/components/editor/graph/kinds'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'
import type { ShareSubject } from './use-share'

type Props = { subject: ShareSubject; hidden: readonly string[]; onChange: (hidden: readonly string[]) => void }

/** The real nodes, by their real names: in the preview the hidden ones have none. */
export function HideNodes({ subject, hidden, onChange }: Props) {
  const { graph, problem } = useGraph(subject)
  if (problem !== null) return <Notice tone="failed">{problem}</Notice>
  if (graph === null) return <SkeletonRows rows={4} />
  const isInHidden = ({ parent }: GraphNode): boolean =>
    parent !== undefined && (hidden.includes(parent) || graph.nodes.some((box) => box.id === parent && isInHidden(box)))
  return (
    <div className="h-full overflow-y-auto p-4">
      <p className="text-ink-faint pb-3 text-sm">
        A hidden node stays on the canvas as a blank box: without its name, its settings, its steps and what came out.
        What lies in a hidden box goes with it.
      </p>
      <ul>
        {graph.nodes
          .filter(({ kind }) => !isNote(kind))
          .map((node) => (
            <li key={node.id} style={{ paddingLeft: depthOf(graph, node) * 24 }}>
              <label className="hover:bg-hover flex items-center gap-3 rounded-control px-2 py-1.5 text-sm">
                <input
                  type="checkbox"
                  className="accent-accent size-4"
                  checked={hidden.includes(node.id) || isInHidden(node)}
                  disabled={isInHidden(node)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...hidden, node.id] : hidden.filter((id) => id !== node.id))
                  }
                />
                <KindIcon view={views[node.kind]} size="small" />
                <span className="min-w-0 flex-1 truncate">{nameOf(node)}</span>
                <span className="text-ink-faint text-xs">{views[node.kind]?.title ?? node.kind}</span>
              </label>
            </li>
          ))}
      </ul>
    </div>
  )
}

function useGraph({ kind, id }: ShareSubject): { graph: Graph | null; problem: string | null } {
  const trpc = useTRPC()
  const run = useQuery(trpc.runs.graph.queryOptions({ id }, { enabled: kind === 'run', select: withGraph }))
  const workflow = useQuery(
    trpc.workflows.get.queryOptions({ id }, { enabled: kind === 'workflow', select: withGraph }),
  )
  const { data, error } = kind === 'run' ? run : workflow
  return { graph: data?.graph ?? null, problem: error ? problemOf(error).detail : null }
}

function depthOf(graph: Graph, node: GraphNode): number {
  const box = graph.nodes.find(({ id }) => id === node.parent)
  return box === undefined ? 0 : 1 + depthOf(graph, box)
}
