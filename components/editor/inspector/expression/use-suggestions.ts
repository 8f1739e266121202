'use client'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { type Completion, complete, completionsAt, type Offer } from './completions'
import type { EditorLanguage } from './tokens'
import { typeInto } from './type-into'

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

  const write = (text: string, caret: number) => typeInto(area.current, { before: value, text, caret, onChange })

  const pick = (chosen: Completion) => {
    if (open === null) return
    const done = complete(value, open.offer, chosen, language)
    write(done.text, done.caret)
    close()
  }

  /** For the mouse: opens the list where the caret is, in new braces where it needs them. */
  const insertData = () => {
    const caret = area.current?.selectionStart ?? 0
    const { text, at } = placeForData(value, caret, { upstream, language })
    if (text === value) area.current?.focus()
    else write(text, at)
    offerAt(text, at)
  }

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const isAsked = event.key === ' ' && event.ctrlKey && area.current !== null
    const answer = open === null || event.nativeEvent.isComposing ? null : answerTo(event.key, open)
    if (!isAsked && answer === null) return false
    event.preventDefault()
    event.stopPropagation()
    if (isAsked) offerAt(value, area.current?.selectionStart ?? 0)
    else if (answer === 'close') close()
    else if (answer !== null && 'chosen' in answer) pick(answer.chosen)
    else if (answer !== null && open !== null) setOpen({ ...open, active: answer.active })
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

type Answer = { active: number } | { chosen: Completion } | 'close' | null

/** What a key means while the list is there. */
function answerTo(key: string, { offer, active }: Open): Answer {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (step !== 0) return { active: (active + step + offer.items.length) % offer.items.length }
  const chosen = offer.items[active]
  if ((key === 'Enter' || key === 'Tab') && chosen !== undefined) return { chosen }
  return key === 'Escape' ? 'close' : null
}

/** Where a name can be written: here, or else in a pair of braces that is put here. */
function placeForData(value: string, caret: number, names: Pick<Options, 'upstream' | 'language'>) {
  const isTemplate = names.language === 'text' || names.language === 'structure'
  if (!isTemplate || completionsAt(value, caret, names) !== null) return { text: value, at: caret }
  return { text: `${value.slice(0, caret)}{{  }}${value.slice(caret)}`, at: caret + 3 }
}
