'use client'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote, nameOf } from '@/components/editor/graph/kinds'
import { createRecordedStore } from '@/components/live/recorded-store'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { RunCanvas } from '@/components/run/canvas/run-canvas'
import { useFocus, useFocused } from '@/components/run/run-focus'
import { IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { useIsWide } from '@/components/ui/use-is-wide'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'
import { GuestRun } from './guest-run'
import { NodeSetup } from './node-setup'

type Props = { graph: Graph; className?: string }

/** A workflow to be looked at: its graph, and what each node is set up to do. */
export function GraphStage({ graph, className = 'h-[min(78dvh,48rem)]' }: Props) {
  // What is drawn does not follow a graph that changes, so another one is drawn anew.
  const { id, store } = useMemo(() => ({ id: `${graph.name} ${++opened}`, store: createRecordedStore([]) }), [graph])
  return (
    <GuestRun key={id} id={id} graph={graph} store={store} guest={nothing} start="end">
      <Stage graph={graph} className={className} />
    </GuestRun>
  )
}

let opened = 0
const nothing = { readValue: async () => null }

function Stage({ graph, className }: { graph: Graph; className: string }) {
  const isWide = useIsWide()
  const focus = useFocus()
  const selected = useFocused((each) => each.selected)
  const chosen = selected === null ? undefined : indexOf(graph).byId.get(selected)
  return (
    <section
      aria-label="The team"
      className={cx(
        'bg-surface border-line rounded-card grid overflow-hidden border lg:grid-cols-[minmax(0,1fr)_22rem]',
        className,
      )}
    >
      <RunCanvas label="The graph of this workflow" place="page" />
      {isWide && <Side nodes={graph.nodes} chosen={chosen} />}
      {!isWide && chosen && (
        <Dialog open title={nameOf(chosen)} onClose={() => focus.select(null)}>
          <NodeSetup node={chosen} />
        </Dialog>
      )}
    </section>
  )
}

function Side({ nodes, chosen }: { nodes: readonly GraphNode[]; chosen: GraphNode | undefined }) {
  const focus = useFocus()
  return (
    <aside aria-label="Details" className="border-line flex min-h-0 flex-col border-l">
      <header className="border-line flex h-11 shrink-0 items-center justify-between border-b pr-1 pl-4">
        <h3 className="truncate text-sm font-semibold">{chosen ? nameOf(chosen) : 'Nodes'}</h3>
        {chosen && (
          <IconButton label="Close" onClick={() => focus.select(null)}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {chosen ? (
          <div className="p-4">
            <NodeSetup node={chosen} />
          </div>
        ) : (
          <NodeList nodes={nodes} />
        )}
      </div>
    </aside>
  )
}

function NodeList({ nodes }: { nodes: readonly GraphNode[] }) {
  const focus = useFocus()
  return (
    <ul>
      {nodes
        .filter(({ kind }) => !isNote(kind))
        .map((node) => (
          <li key={node.id} className="border-line border-b last:border-b-0">
            <button
              type="button"
              onClick={() => focus.select(node.id)}
              className="hover:bg-hover flex w-full items-center gap-3 px-4 py-2.5 text-left text-sm focus-visible:outline-offset-[-2px]"
            >
              <KindIcon view={views[node.kind]} />
              <span className="min-w-0">
                <span className="block truncate font-medium">{nameOf(node)}</span>
                <span className="text-ink-faint block truncate text-xs">{views[node.kind]?.title ?? node.kind}</span>
              </span>
            </button>
          </li>
        ))}
    </ul>
  )
}
