'use client'
import { LayoutDashboard, Maximize, Minus, Plus, Redo2, Undo2 } from 'lucide-react'
import { arrange } from '@/components/editor/layout/arrange'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { IconButton } from '@/components/ui/button'

/** Bottom left: what one does to the view, and back. */
export function CanvasControls() {
  const editor = useEditor()
  const undoes = useEditorState(({ past }) => past.at(-1)?.label ?? null)
  const redoes = useEditorState(({ future }) => future[0]?.label ?? null)
  const { undo, redo } = editor.store.getState()
  const view = () => editor.canvas.current
  return (
    <div className="bg-surface border-line rounded-card absolute bottom-3 left-3 z-10 flex border p-0.5">
      <IconButton label="Zoom out" onClick={() => view()?.zoom('out')}>
        <Minus size={16} aria-hidden />
      </IconButton>
      <IconButton label="Zoom in" onClick={() => view()?.zoom('in')}>
        <Plus size={16} aria-hidden />
      </IconButton>
      <IconButton label="Show everything" onClick={() => view()?.fit()}>
        <Maximize size={16} aria-hidden />
      </IconButton>
      <IconButton label="Arrange" onClick={() => void arrange(editor)}>
        <LayoutDashboard size={16} aria-hidden />
      </IconButton>
      <span className="bg-line mx-0.5 my-1.5 w-px" />
      <IconButton
        label={undoes === null ? 'Nothing to undo' : `Undo: ${undoes}`}
        disabled={undoes === null}
        onClick={undo}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={redoes === null ? 'Nothing to redo' : `Redo: ${redoes}`}
        disabled={redoes === null}
        onClick={redo}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
