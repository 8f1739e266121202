'use client'
import { useEffect, useRef } from 'react'
import { isField } from './is-field'

/** Says whether the key meant something. */
type Hear = (key: string) => boolean

/** Keys of a page with a list: heard everywhere, as long as nobody types and nothing lies over the page. */
export function usePageKeys(hear: Hear): void {
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (isField(event.target) || document.querySelector('dialog[open], [popover]:popover-open') !== null) return
      // Enter on a button or a link means that one, unless it is the row that is open already.
      const control = event.target instanceof HTMLElement ? event.target.closest('button, a, summary') : null
      if ((event.key === 'Enter' || event.key === ' ') && control && !control.matches('[aria-current=true]')) return
      if (latest.current(event.key)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Down with `j` or the arrow, up with `k` or the arrow; 0 for other keys. */
export function stepOf(key: string): 1 | -1 | 0 {
  if (key === 'j' || key === 'ArrowDown') return 1
  return key === 'k' || key === 'ArrowUp' ? -1 : 0
}

/** Moves the focus along what is marked as a row; from nowhere to the first or the last one. */
export function stepRows(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  const active = document.activeElement
  const at = rows.findIndex((row) => row === active || row.closest('li, article, tr')?.contains(active) === true)
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + by))
  rows[next]?.focus()
  rows[next]?.scrollIntoView({ block: 'nearest' })
}
