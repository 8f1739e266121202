'use client'
import { MiniMap, type Node } from '@xyflow/react'
import { specOf } from '@/components/editor/graph/kinds'
import type { FlowNode } from '@/components/editor/store/types'

const size = { width: 168, height: 112 } as const

/** The whole graph in small, bottom right. */
export const Overview = () => (
  <MiniMap
    position="bottom-right"
    pannable
    zoomable
    nodeColor={colourOf}
    ariaLabel="Overview"
    style={size}
    nodeBorderRadius={6}
  />
)

function colourOf(node: Node): string {
  const family = specOf((node as FlowNode).data.node.kind)?.family ?? 'ends'
  const share = node.type === 'box' ? '16%, transparent' : '62%, var(--surface)'
  return `color-mix(in oklab, var(--${family === 'note' ? 'human' : family}) ${share})`
}
