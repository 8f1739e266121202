'use client'
import { useEffect } from 'react'
import { openDialog } from '@/components/editor/parts'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Editor } from '@/components/editor/store/types'
import { Part } from '@/components/ui/later'

/** What lies over the canvas, one at a time. */
export function Dialogs() {
  const editor = useEditor()
  const dialog = useEditorState((state) => state.dialog)
  useFocusBack(editor)
  if (dialog === null) return null
  const close = () => editor.store.getState().show({ dialog: null })
  return <Part of={openDialog} with={{ dialog, onClose: close }} />
}

/** Whoever opened a dialog goes on where they were, unless what they chose in it led elsewhere. */
function useFocusBack({ store, canvas }: Editor) {
  useEffect(() => {
    let before: Element | null = null
    return store.subscribe(({ dialog }, { dialog: last }) => {
      if (last === null && dialog !== null) before = document.activeElement
      if (last === null || dialog !== null) return
      // As long as the dialog lies over it, nothing else can have the focus.
      requestAnimationFrame(() => {
        if (store.getState().dialog !== null || document.activeElement !== document.body) return
        if (before instanceof HTMLElement && before.isConnected && before !== document.body)
          before.focus({ preventScroll: true })
        else canvas.current?.focus()
      })
    })
  }, [store, canvas])
}
