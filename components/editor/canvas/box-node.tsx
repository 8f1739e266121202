'use client'
import { type NodeProps, NodeResizeControl } from '@xyflow/react'
import { memo } from 'react'
import { resizeBox } from '@/components/editor/actions/resize-box'
import { isDrawnSame } from '@/components/editor/canvas/node-card'
import { PinMark } from '@/components/editor/canvas/pin-mark'
import { Ports } from '@/components/editor/canvas/ports'
import { ProblemMark } from '@/components/editor/canvas/problem-mark'
import { isTeam, specOf } from '@/components/editor/graph/kinds'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { countRender } from '@/components/editor/store/renders'
import type { FlowNode } from '@/components/editor/store/types'
import { BoxHeader } from '@/components/graph-canvas/box-header'
import { useHasRun } from '@/components/live/run-context'
import { BoxFace } from '@/components/run/canvas/run-box'
import { cx } from '@/components/ui/cx'
import type { GraphNode } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

/** A team, map or loop: a titled panel that other nodes live in. */
export const BoxNode = memo(function BoxNode({ id, data, selected, height = 188, width = 320 }: NodeProps<FlowNode>) {
  countRender(`node ${id}`)
  const editor = useEditor()
  const drop = useEditorState(({ over, overRefused }) => (over !== id ? 'none' : overRefused ? 'refused' : 'welcome'))
  const { node, inside } = data
  const hasRun = useHasRun()
  return (
    <>
      {hasRun && drop === 'none' ? (
        <BoxFace id={id} data={data} width={width} height={height} />
      ) : (
        <section
          className={cx(
            'node-box',
            `node-box-${specOf(node.kind)?.family ?? 'ends'}`,
            selected && 'is-selected',
            drop === 'welcome' && 'is-welcome',
            drop === 'refused' && 'is-refused',
          )}
        >
          <BoxHead node={node} pinned={data.pinned} errors={data.errors} warnings={data.warnings} drop={drop} />
          {inside === 0 && drop === 'none' && <EmptyBox kind={node.kind} />}
        </section>
      )}
      {selected && (
        <NodeResizeControl
          position="bottom-right"
          minWidth={200}
          minHeight={100}
          className="node-resize"
          onResizeEnd={(_event, { width, height: tall }) => resizeBox(editor, id, { width, height: tall })}
        />
      )}
      <Ports id={id} ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
}, isDrawnSame)

type HeadProps = {
  node: GraphNode
  pinned?: boolean
  errors: number
  warnings: number
  drop: 'none' | 'welcome' | 'refused'
}

export function BoxHead({ node, pinned = false, errors, warnings, drop }: HeadProps) {
  const title = specOf(node.kind)?.title.toLowerCase() ?? 'box'
  return (
    <BoxHeader node={node} facts={<Chip node={node} />}>
      {drop === 'welcome' && <span className="text-accent shrink-0 text-xs font-semibold">add to {title}</span>}
      {drop === 'refused' && <span className="text-failed shrink-0 text-xs font-semibold">can't go in here</span>}
      {drop === 'none' && pinned && <PinMark />}
      {drop === 'none' && <ProblemMark errors={errors} warnings={warnings} />}
    </BoxHeader>
  )
}

/** A team's mode, or what a map or loop goes by. */
function Chip({ node }: { node: GraphNode }) {
  const { mode } = node.config
  const line = isTeam(node.kind) ? (typeof mode === 'string' ? mode : '') : (views[node.kind]?.line(node.config) ?? '')
  if (line === '') return null
  return <span className="node-chip">{line}</span>
}

function EmptyBox({ kind }: { kind: string }) {
  return (
    <p className="text-ink-faint grid flex-1 place-items-center px-4 pb-6 text-center text-xs">
      {isTeam(kind) ? 'Drop agents here' : 'Drop the nodes here that are done again and again'}
    </p>
  )
}
