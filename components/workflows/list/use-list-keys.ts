'use client'
import { stepOf, stepRows, usePageKeys } from '@/components/ui/use-page-keys'
import type { Selection } from './use-selection'

/** `j` and `k` go through the cards, Enter opens one, `x` chooses it, `/` searches, Escape lets go. */
export function useListKeys(selection: Selection): void {
  usePageKeys((key) => {
    const step = stepOf(key)
    if (step !== 0) {
      stepRows(step)
      return true
    }
    if (key === '/') {
      document.querySelector<HTMLElement>('main input[type=search]')?.focus()
      return true
    }
    if (key === 'Escape' && selection.ids.length > 0) {
      selection.clear()
      return true
    }
    const id = document.activeElement?.closest('li')?.querySelector('[data-row]')?.getAttribute('data-row')
    if (key !== 'x' || !id) return false
    selection.toggle(id)
    return true
  })
}
