'use client'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useState } from 'react'
import { goTo } from '@/components/editor/actions/navigate'
import { findNodes } from '@/components/editor/graph/find-nodes'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { IconButton } from '@/components/ui/button'

/** Ctrl or Cmd F: finds nodes by name, kind, id and everything that is written in them. */
export function FindBar() {
  const isFinding = useEditorState((state) => state.isFinding)
  return isFinding ? <OpenFindBar /> : null
}

const takeFocus = (element: HTMLInputElement | null) => element?.focus()

function OpenFindBar() {
  const editor = useEditor()
  const graph = useEditorState((state) => state.graph)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const found = findNodes(graph, query)
  const show = (index: number, ids: readonly string[] = found) => {
    const next = ids.length === 0 ? 0 : (index + ids.length) % ids.length
    setAt(next)
    const id = ids[next]
    if (id === undefined) return
    editor.store.getState().select([id])
    editor.canvas.current?.fit([id])
  }
  const close = () => {
    editor.store.getState().show({ isFinding: false })
    const id = found[at]
    if (id !== undefined) goTo(editor, id)
    else editor.canvas.current?.focus()
  }
  return (
    <search className="bg-surface border-line shadow-float rounded-card animate-arrive absolute top-3 left-1/2 z-10 flex -translate-x-1/2 items-center gap-1 border p-1">
      <input
        ref={takeFocus}
        type="search"
        aria-label="Find on the canvas"
        placeholder="Find a node"
        value={query}
        className="h-8 w-44 bg-transparent px-2 outline-none"
        onChange={(event) => {
          setQuery(event.target.value)
          show(0, findNodes(graph, event.target.value))
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
          if (event.key === 'Enter') show(at + (event.shiftKey ? -1 : 1))
        }}
      />
      <span aria-live="polite" className="text-ink-faint min-w-14 text-right text-xs whitespace-nowrap">
        {query === '' ? '' : found.length === 0 ? 'nothing' : `${at + 1} of ${found.length}`}
      </span>
      <IconButton label="Previous" disabled={found.length === 0} onClick={() => show(at - 1)}>
        <ChevronUp size={16} aria-hidden />
      </IconButton>
      <IconButton label="Next" disabled={found.length === 0} onClick={() => show(at + 1)}>
        <ChevronDown size={16} aria-hidden />
      </IconButton>
      <IconButton label="Close" onClick={close}>
        <X size={16} aria-hidden />
      </IconButton>
    </search>
  )
}
