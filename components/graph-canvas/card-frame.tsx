'use client'
import type { ReactNode } from 'react'
import { nameOf, specOf } from '@/components/editor/graph/kinds'
import { cx } from '@/components/ui/cx'
import type { GraphNode } from '@/engine/graph/schema'
import { useIsDetailed } from './details-context'

const longestName = 44

type Props = { node: GraphNode; className?: string | undefined; children: ReactNode }

/** The card of a node. From far away CSS shows its name alone, in letters that can be read from there. */
export function CardFrame({ node, className, children }: Props) {
  const isDetailed = useIsDetailed(node.id)
  return (
    <div
      className={cx('node-card', `family-${specOf(node.kind)?.family ?? 'ends'}`, className)}
      data-name={shortName(nameOf(node))}
    >
      {isDetailed && children}
    </div>
  )
}

const shortName = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, longestName - 1).trimEnd()}…`
