'use client'
import { useState } from 'react'

export type Selection = ReturnType<typeof useSelection>

/** Which workflows are chosen. What is no longer shown is not chosen any more: nobody moves what he does not see. */
export function useSelection(items: readonly { id: string }[] | undefined) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const ids = (items ?? []).flatMap(({ id }) => (chosen.has(id) ? [id] : []))
  const toggle = (id: string) =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    )
  return {
    ids,
    toggle,
    clear: () => setChosen(new Set()),
    of: (id: string) => ({ isChosen: chosen.has(id), isAny: ids.length > 0, toggle: () => toggle(id) }),
    /** A chosen one takes the others along. */
    with: (id: string): readonly string[] => (chosen.has(id) ? ids : [id]),
  }
}
