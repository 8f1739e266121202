'use client'
import { type NodeProps, NodeResizeControl } from '@xyflow/react'
import { memo } from 'react'
import { change } from '@/components/editor/actions/commit'
import { resizeBox } from '@/components/editor/actions/resize-box'
import { isDrawnSame } from '@/components/editor/canvas/node-card'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { countRender } from '@/components/editor/store/renders'
import type { FlowNode } from '@/components/editor/store/types'
import { cx } from '@/components/ui/cx'

const takeFocus = (element: HTMLTextAreaElement | null) => element?.focus({ preventScroll: true })

/** Words beside the nodes, written where they stand. */
export const NoteNode = memo(function NoteNode({ id, data, selected }: NodeProps<FlowNode>) {
  countRender(`node ${id}`)
  const editor = useEditor()
  const isWriting = useEditorState(({ writing }) => writing === id)
  const text = typeof data.node.config.text === 'string' ? data.node.config.text : ''
  const write = (next: string) =>
    change(editor, [{ type: 'configure', node: id, path: ['text'], value: next }], {
      label: 'Write a note',
      merge: `note ${id}`,
    })
  return (
    <>
      <div className={cx('node-note', selected && 'is-selected')}>
        {isWriting ? (
          <textarea
            ref={takeFocus}
            aria-label="Note"
            value={text}
            maxLength={20_000}
            className="nodrag nowheel h-full w-full resize-none bg-transparent outline-none"
            onChange={(event) => write(event.target.value)}
            onBlur={() => {
              const { show, seal } = editor.store.getState()
              show({ writing: null })
              seal()
            }}
            onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          />
        ) : (
          <p className={cx('h-full overflow-hidden break-words whitespace-pre-wrap', text === '' && 'text-ink-faint')}>
            {text === '' ? 'Double-click to write' : text}
          </p>
        )}
      </div>
      {selected && (
        <NodeResizeControl
          position="bottom-right"
          minWidth={120}
          minHeight={60}
          className="node-resize"
          onResizeEnd={(_event, size) => resizeBox(editor, id, size)}
        />
      )}
    </>
  )
}, isDrawnSame)
