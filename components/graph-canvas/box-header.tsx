import type { ReactNode } from 'react'
import { nameOf } from '@/components/editor/graph/kinds'
import { KindIcon } from '@/components/node-kit/kind-icon'
import type { GraphNode } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

type Props = {
  node: GraphNode
  /** Good to know. Of these what has no room beside the name is left out, as a whole and from the last on. */
  facts?: ReactNode
  /** At the right, whatever the room. */
  children?: ReactNode
}

/** The header of a team, map or loop. Its name comes first: only when it is alone and still too long is it cut. */
export function BoxHeader({ node, facts, children }: Props) {
  const name = nameOf(node)
  return (
    <header className="@container flex h-11 items-center gap-2 px-3">
      <KindIcon view={views[node.kind]} size="small" />
      <div className="box-facts">
        <p title={name} className="max-w-full truncate text-sm leading-6 font-semibold">
          {name}
        </p>
        {facts}
      </div>
      {children}
    </header>
  )
}
