'use client'
import { openDialog } from '@/components/editor/parts'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { Part } from '@/components/ui/later'

/** What lies over the canvas, one at a time. */
export function Dialogs() {
  const editor = useEditor()
  const dialog = useEditorState((state) => state.dialog)
  if (dialog === null) return null
  const close = () => {
    editor.store.getState().show({ dialog: null })
    editor.canvas.current?.focus()
  }
  return <Part of={openDialog} with={{ dialog, onClose: close }} />
}
