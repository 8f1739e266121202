'use client'
import { nameOf, specOf } from '@/components/editor/graph/kinds'
import { cx } from '@/components/ui/cx'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { useShown } from './picture-context'
import { valueText } from './version-words'

/** How a node of a version is set up. It can be read and copied, not changed. */
export function NodePanel({ graph }: { graph: Graph }) {
  const { chosen } = useShown()
  const node = graph.nodes.find(({ id }) => id === chosen)
  if (node === undefined) return <p className="text-ink-soft p-4">Choose a node to see how it is set up.</p>
  return (
    <div className="grid gap-3 p-4">
      <h3 className="font-semibold">
        {nameOf(node)}{' '}
        <span className="text-ink-faint text-xs font-normal">{specOf(node.kind)?.title ?? node.kind}</span>
      </h3>
      <dl className="grid gap-3">
        {valuesOf(node).map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-ink-faint text-xs">{name}</dt>
            <dd className={cx('break-words whitespace-pre-wrap', typeof value !== 'string' && 'font-mono text-xs')}>
              {valueText(value)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function valuesOf({ kind: _, name: _n, position: _p, size: _s, config, ...options }: GraphNode): [string, Json][] {
  const all = [...Object.entries(options), ...Object.entries(config)] as [string, Json][]
  return all.filter(([, value]) => value !== undefined && value !== null && value !== '')
}
