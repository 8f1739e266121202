'use client'
import { useRunView } from '@/components/live/run-context'
import { Part } from './part'
import { RefView } from './ref-view'

/** What the run was given. */
export function RunInput() {
  const input = useRunView(({ state }) => state.input)
  if (!input || input.size <= 4) return null
  return (
    <Part title="Input">
      <RefView value={input} />
    </Part>
  )
}
