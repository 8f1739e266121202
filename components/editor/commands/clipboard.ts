'use client'
import { useEffect } from 'react'
import { copySelection, cutSelection, pasteText } from '@/components/editor/actions/clipboard'
import { useEditor } from '@/components/editor/store/context'
import { isField } from '@/components/ui/is-field'

/** The browser's own clipboard, so that pieces go from workflow to workflow, into files and into messages. */
export function Clipboard() {
  const editor = useEditor()
  useEffect(() => {
    const isElsewhere = (event: ClipboardEvent) =>
      isField(event.target) ||
      isField(document.activeElement) ||
      document.querySelector('dialog[open]') !== null ||
      (event.type !== 'paste' && (window.getSelection()?.toString() ?? '') !== '')
    const take = (event: ClipboardEvent, text: string | null) => {
      if (text === null) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
    }
    const copy = (event: ClipboardEvent) => {
      if (!isElsewhere(event)) take(event, copySelection(editor))
    }
    const cut = (event: ClipboardEvent) => {
      if (!isElsewhere(event)) take(event, cutSelection(editor))
    }
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (isElsewhere(event) || text.trim() === '') return
      event.preventDefault()
      const view = editor.canvas.current
      const pointer = view?.pointer() ?? null
      pasteText(editor, text, view === null || pointer === null ? null : view.toCanvas(pointer))
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', cut)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', cut)
      document.removeEventListener('paste', paste)
    }
  }, [editor])
  return null
}
