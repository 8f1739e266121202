'use client'
import { Braces } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { plural } from '@/components/ui/format'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { CodeEditor, type EditorHandle } from './code-editor'
import { countWords } from './count-words'
import type { EditorLanguage } from './tokens'

type Props = {
  title: string
  open: boolean
  onClose: () => void
  value: string
  onChange: (text: string) => void
  language: EditorLanguage
  upstream: readonly UpstreamValue[]
}

/** A page to write on. Everything is taken over as it is typed; closing loses nothing. */
export function WritingDialog({ title, open, onClose, value, onChange, language, upstream }: Props) {
  const editor = useRef<EditorHandle>(null)
  useEffect(() => {
    // Not where writing brings up a keyboard over half of the screen.
    if (open && window.matchMedia('(hover: hover)').matches) editor.current?.writeOn()
  }, [open])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    onClose()
  }
  const words = countWords(value)
  return (
    <Dialog open={open} title={title} onClose={onClose} wide>
      <CodeEditor
        ref={editor}
        label={title}
        value={value}
        onChange={onChange}
        language={language}
        upstream={upstream}
        height="page"
        onKeyDown={onKeyDown}
      />
      <DialogActions>
        <span className="text-ink-faint mr-auto text-sm">
          {language === 'code' ? plural(value.split('\n').length, 'line') : plural(words, 'word')}
        </span>
        <Button tone="quiet" icon={<Braces size={16} aria-hidden />} onClick={() => editor.current?.insertData()}>
          Insert data
        </Button>
        <Button tone="primary" onClick={onClose} title="Ctrl or ⌘ and Enter">
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}
