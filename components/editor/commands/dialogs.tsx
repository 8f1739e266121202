'use client'
import { useEffect } from 'react'
import { CommandsDialog } from '@/components/editor/commands/commands-dialog'
import { ConnectDialog } from '@/components/editor/commands/connect-dialog'
import { PasteDialog } from '@/components/editor/commands/paste-dialog'
import { ShortcutsDialog } from '@/components/editor/commands/shortcuts-dialog'
import { RunAny } from '@/components/editor/running/run-any'
import { ConflictDialog } from '@/components/editor/saving/conflict-dialog'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Editor } from '@/components/editor/store/types'
import { TemplateDialog } from '@/components/gallery/template-dialog'
import { ShareDialog } from '@/components/share/share-dialog'
import { PublishDialog } from '@/components/workflows/publish-button'

/** What lies over the canvas, one at a time. */
export function Dialogs() {
  const editor = useEditor()
  const dialog = useEditorState((state) => state.dialog)
  useFocusBack(editor)
  const close = () => editor.store.getState().show({ dialog: null })
  switch (dialog) {
    case null:
      return null
    case 'commands':
      return <CommandsDialog onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'connect':
      return <ConnectDialog onClose={close} />
    case 'paste':
      return <PasteDialog onClose={close} />
    case 'conflict':
      return <ConflictDialog onClose={close} />
    case 'publish':
      return <PublishDialog id={editor.workflowId} onClose={close} />
    case 'share':
      return <ShareDialog subject={{ kind: 'workflow', id: editor.workflowId }} onClose={close} />
    case 'template':
      return <TemplateDialog id={null} graph={editor.store.getState().graph} onClose={close} />
    case 'run':
      return <RunAny onClose={close} />
  }
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
