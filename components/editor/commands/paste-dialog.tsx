'use client'
import { type FormEvent, useState } from 'react'
import { pasteText } from '@/components/editor/actions/clipboard'
import { readPiece } from '@/components/editor/graph/piece-text'
import { useEditor } from '@/components/editor/store/context'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextAreaField } from '@/components/ui/field'

/** For text that isn't in the clipboard, or where the browser keeps the clipboard to itself. */
export function PasteDialog({ onClose }: { onClose: () => void }) {
  const editor = useEditor()
  const [text, setText] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readPiece(text)
    if (!read.ok) return setError(read.why)
    if (!pasteText(editor, text, editor.canvas.current?.middle() ?? null)) return
    onClose()
    requestAnimationFrame(() => editor.canvas.current?.fit())
  }
  return (
    <Dialog open wide title="Paste a graph" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <TextAreaField
          label="The graph, as YAML or JSON"
          hint="Its nodes are added to this workflow. Ids that are taken get a number."
          mono
          rows={14}
          value={text}
          error={error}
          onChange={(event) => setText(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={text.trim() === ''}>
            Paste
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
