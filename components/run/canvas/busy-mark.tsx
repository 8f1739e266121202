'use client'
import { useEffect, useRef } from 'react'
import { useSlowRunView } from '@/components/live/run-context'
import { useRunPlace } from '@/components/run/run-place'
import type { RunState } from '@/engine/run/state'

const manyAtWork = 20
const manyNodes = 150

/**
 * With much going on at once, or much to paint, whatever moves costs more than it tells: it stands still then. (Measured
 * with 500 nodes and 100 events/s: painting was 80 % of the work, scripts 8 %.)
 */
export function BusyMark() {
  const { graph } = useRunPlace()
  const { state } = useSlowRunView(500)
  const mark = useRef<HTMLSpanElement>(null)
  const isBusy = graph.nodes.length > manyNodes || atWork(state) > manyAtWork
  useEffect(() => {
    const canvas = mark.current?.parentElement
    canvas?.toggleAttribute('data-busy', isBusy)
    return () => canvas?.removeAttribute('data-busy')
  }, [isBusy])
  return <span ref={mark} hidden />
}

function atWork(state: RunState): number {
  let count = 0
  for (const node of state.nodes.values()) if ('first' in node) count++
  return count
}
