'use client'
import { Copy, Trash2, X } from 'lucide-react'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { IconButton } from '@/components/ui/button'
import type { GraphNode } from '@/engine/graph/schema'
import { own } from '@/engine/json'
import { specs } from '@/nodes/registry/specs'
import { views } from '@/nodes/registry/views'
import type { InspectorAction, OnSet } from './inspector-context'

type Props = { node: GraphNode; readOnly: boolean; onSet: OnSet; onAction: (action: InspectorAction) => void }

/** What it is called and what it is, with what can be done to the node as a whole. */
export function InspectorHead({ node, readOnly, onSet, onAction }: Props) {
  const spec = own(specs, node.kind)
  return (
    <header className="grid grid-cols-1 gap-1.5">
      <div className="flex items-center gap-2">
        <KindIcon view={own(views, node.kind)} />
        <input
          aria-label="Name of the node"
          value={node.name ?? ''}
          maxLength={200}
          readOnly={readOnly}
          placeholder={spec?.title ?? node.kind}
          autoComplete="off"
          onChange={(event) => onSet('name', event.target.value === '' ? null : event.target.value)}
          className="control placeholder:text-ink h-8 min-w-0 flex-1 border-transparent px-2 text-[16px] font-semibold md:text-base"
        />
        <span className="-mr-1.5 flex">
          {!readOnly && (
            <>
              <IconButton label="Duplicate" onClick={() => onAction({ type: 'duplicate' })}>
                <Copy size={16} aria-hidden />
              </IconButton>
              <IconButton label="Remove the node" onClick={() => onAction({ type: 'remove' })}>
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </>
          )}
          <IconButton label="Close" onClick={() => onAction({ type: 'close' })}>
            <X size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
      <p className="text-ink-faint text-xs" title={spec?.summary}>
        {spec?.title ?? node.kind} · <code className="font-mono">{node.id}</code>
      </p>
    </header>
  )
}
