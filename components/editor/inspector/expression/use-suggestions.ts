'use client'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { type Completion, complete, completionsAt, type Offer } from './completions'
import type { EditorLanguage } from './tokens'

type Options = {
  area: RefObject<HTMLTextAreaElement | null>
  value: string
  language: EditorLanguage
  upstream: readonly UpstreamValue[]
  onChange: (text: string) => void
}

type Open = { offer: Offer; active: number; caret: number }

/** The list of names below the caret: what it offers, and what the keys do while it is there. */
export function useSuggestions({ area, value, language, upstream, onChange }: Options) {
  const [open, setOpen] = useState<Open | null>(null)
  const listId = useId()

  const offerAt = (text: string, caret: number) => {
    const offer = completionsAt(text, caret, { upstream, language })
    setOpen(offer === null ? null : { offer, active: 0, caret })
  }
  const close = () => setOpen(null)

  /** As if it had been typed, so that the browser's own undo knows of it. */
  const write = (text: string, caret: number) => {
    const element = area.current
    if (element === null) return onChange(text)
    const { from, to, middle } = difference(value, text)
    element.focus()
    element.setSelectionRange(from, to)
    if (!document.execCommand('insertText', false, middle)) onChange(text)
    requestAnimationFrame(() => element.setSelectionRange(caret, caret))
  }

  const pick = (chosen: Completion) => {
    if (open === null) return
    const done = complete(value, open.offer, chosen, language)
    write(done.text, done.caret)
    close()
  }

  /** For the mouse: opens the list where the caret is. */
  const insertData = () => {
    const element = area.current
    if (element === null) return
    const caret = element.selectionStart
    const isTemplate = language === 'text' || language === 'structure'
    if (!isTemplate || completionsAt(value, caret, { upstream, language }) !== null) {
      element.focus()
      return offerAt(value, caret)
    }
    const text = `${value.slice(0, caret)}{{ }}${value.slice(caret)}`
    write(text, caret + 3)
    offerAt(text, caret + 3)
  }

  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (event.key === ' ' && event.ctrlKey && area.current !== null) {
      event.preventDefault()
      offerAt(value, area.current.selectionStart)
      return true
    }
    if (open === null || event.nativeEvent.isComposing) return false
    const handled = act(event.key, open)
    if (handled) {
      event.preventDefault()
      event.stopPropagation()
    }
    return handled
  }

  const act = (key: string, { offer, active }: Open): boolean => {
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
    const chosen = offer.items[active]
    if (step !== 0) setOpen({ ...open, active: (active + step + offer.items.length) % offer.items.length } as Open)
    else if ((key === 'Enter' || key === 'Tab') && chosen !== undefined) pick(chosen)
    else if (key === 'Escape') close()
    else return false
    return true
  }

  return {
    offer: open?.offer ?? null,
    active: open?.active ?? 0,
    listId,
    wiring: {
      'aria-autocomplete': 'list',
      'aria-controls': open === null ? undefined : listId,
      'aria-activedescendant': open === null ? undefined : `${listId}-${open.active}`,
    } as const,
    onTyped: (element: HTMLTextAreaElement) => offerAt(element.value, element.selectionStart),
    onMoved: (element: HTMLTextAreaElement) => {
      if (open !== null && element.selectionStart !== open.caret) offerAt(element.value, element.selectionStart)
    },
    onKeyDown,
    pick,
    close,
    insertData,
  }
}

/** The piece in which two texts differ. */
function difference(before: string, after: string): { from: number; to: number; middle: string } {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let same = 0
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1
  return { from, to: before.length - same, middle: after.slice(from, after.length - same) }
}
