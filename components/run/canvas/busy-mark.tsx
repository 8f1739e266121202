'use client'
import { useEffect, useRef } from 'react'
import { useSlowRunView } from '@/components/live/run-context'
import type { RunState } from '@/engine/run/state'

const manyAtWork = 40

/** With very much going on at once, turning rings cost more than they tell: they stand still then. */
export function BusyMark() {
  const { state } = useSlowRunView(500)
  const mark = useRef<HTMLSpanElement>(null)
  const isBusy = atWork(state) > manyAtWork
  useEffect(() => {
    mark.current?.parentElement?.toggleAttribute('data-busy', isBusy)
  }, [isBusy])
  return <span ref={mark} hidden />
}

function atWork(state: RunState): number {
  let count = 0
  for (const node of state.nodes.values()) if (node.status === 'running') count++
  return count
}
