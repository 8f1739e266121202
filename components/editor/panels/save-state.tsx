'use client'
import { Check, CloudOff, LoaderCircle, Pencil, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Saving } from '@/components/editor/store/types'
import { cx } from '@/components/ui/cx'

type Look = { icon: ReactNode; text: string; title: string; tone: string }

function lookOf(saving: Saving): Look {
  const quiet = 'text-ink-faint'
  switch (saving.status) {
    case 'saved':
      return { icon: <Check size={14} aria-hidden />, text: 'Saved', title: 'The server has everything.', tone: quiet }
    case 'unsaved':
      return { icon: <Pencil size={13} aria-hidden />, text: 'Editing', title: 'Saved in a moment.', tone: quiet }
    case 'saving':
      return {
        icon: <LoaderCircle size={14} aria-hidden className="animate-turn" />,
        text: 'Saving…',
        title: 'On its way.',
        tone: quiet,
      }
    case 'offline':
      return {
        icon: <CloudOff size={14} aria-hidden />,
        text: 'Offline, kept here',
        title: 'Baton can not be reached. Your changes are kept in this browser and sent when it is back.',
        tone: 'text-waiting',
      }
    case 'refused':
      return {
        icon: <TriangleAlert size={14} aria-hidden />,
        text: 'Not saved, kept here',
        title: `The server did not take it: ${saving.why} Your changes are kept in this browser.`,
        tone: 'text-failed',
      }
    case 'conflict':
      return {
        icon: <TriangleAlert size={14} aria-hidden />,
        text: 'Two versions',
        title: 'Somebody else saved meanwhile. Both versions are kept; look at them and choose.',
        tone: 'text-failed font-semibold underline',
      }
  }
}

export function SaveState() {
  const editor = useEditor()
  const saving = useEditorState((state) => state.saving)
  const { icon, text, title, tone } = lookOf(saving)
  const words = (
    <>
      {icon}
      <span className="hidden sm:inline">{text}</span>
      <span className="sr-only sm:hidden">{text}</span>
    </>
  )
  const look = cx('inline-flex items-center gap-1 text-xs whitespace-nowrap', tone)
  return (
    <span role="status" data-saving={saving.status} title={title} className="shrink-0">
      {saving.status === 'conflict' ? (
        <button type="button" className={look} onClick={() => editor.store.getState().show({ dialog: 'conflict' })}>
          {words}
        </button>
      ) : (
        <span className={look}>{words}</span>
      )}
    </span>
  )
}
