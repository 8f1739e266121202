'use client'
import { useReactFlow } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { glide } from '@/components/editor/canvas/canvas-view'
import { cx } from '@/components/ui/cx'
import { plural } from '@/components/ui/format'
import type { GraphEdge } from '@/engine/graph/schema'
import { type GraphComparison, isSameGraph, type NodeChange } from './compare-graphs'
import { FieldChanges } from './field-changes'
import { MarkBadge } from './mark-badge'
import { useShown } from './picture-context'

/** Everything that differs, in words; choosing a node goes there. */
export function ChangesPanel({ comparison }: { comparison: GraphComparison }) {
  const { nodes, edges, moved, properties, isReordered } = comparison
  if (isSameGraph(comparison)) return <p className="text-ink-soft p-4">Nothing differs. Both are the same.</p>
  return (
    <div className="grid gap-1 p-2">
      {properties.length > 0 && (
        <div className="px-2 py-1.5">
          <h3 className="font-medium">The workflow itself</h3>
          <FieldChanges fields={properties} />
        </div>
      )}
      {nodes.map((node) => (
        <NodeItem key={node.id} node={node} />
      ))}
      <Wires mark="added" edges={edges.added} />
      <Wires mark="removed" edges={edges.removed} />
      {moved > 0 && <p className="text-ink-faint px-2 py-1.5">{plural(moved, 'node')} only stand elsewhere.</p>}
      {isReordered && <p className="text-ink-faint px-2 py-1.5">The nodes stand in another order in the file.</p>}
    </div>
  )
}

function NodeItem({ node: { id, name, mark, fields } }: { node: NodeChange }) {
  const { chosen, choose } = useShown()
  const flow = useReactFlow()
  const element = useRef<HTMLDivElement>(null)
  const isChosen = chosen === id
  useEffect(() => {
    if (isChosen) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const go = () => {
    choose(id)
    void flow.fitView({ ...glide(200), nodes: [{ id }], maxZoom: 1, padding: 0.6 })
  }
  return (
    <div ref={element} className={cx('rounded-control', isChosen && 'bg-accent-tint')}>
      <button
        type="button"
        onClick={go}
        className="hover:bg-hover rounded-control flex w-full items-center gap-2 px-2 py-1.5 text-left"
      >
        <span className="min-w-0 flex-1 truncate font-medium">
          {name} <span className="text-ink-faint font-mono text-xs font-normal">{id}</span>
        </span>
        <MarkBadge mark={mark} />
      </button>
      {fields.length > 0 && (
        <div className="px-2 pb-2">
          <FieldChanges fields={fields} />
        </div>
      )}
    </div>
  )
}

function Wires({ mark, edges }: { mark: 'added' | 'removed'; edges: readonly GraphEdge[] }) {
  if (edges.length === 0) return null
  return (
    <div className="flex items-start gap-2 px-2 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{plural(edges.length, 'edge')}</p>
        <ul className="text-ink-soft font-mono text-xs">
          {edges.map(({ source, sourcePort, target }) => (
            <li key={`${source} ${sourcePort ?? 'out'} ${target}`} className="break-words">
              {source}
              {sourcePort !== undefined && sourcePort !== 'out' && `.${sourcePort}`} → {target}
            </li>
          ))}
        </ul>
      </div>
      <MarkBadge mark={mark} />
    </div>
  )
}
