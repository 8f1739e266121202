'use client'
import { useMemo } from 'react'
import { Overview } from '@/components/graph-canvas/overview'
import { useSlowRunView } from '@/components/live/run-context'
import { useFocus } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { passedOver } from './passed-over'

/** The graph in small, with what nothing came to in pale. */
export function RunOverview() {
  const { graph } = useRunPlace()
  const { state } = useSlowRunView(500)
  const focus = useFocus()
  const ids = passedOver(graph, state, focus.getState()).join(' ')
  const pale = useMemo(() => new Set(ids.split(' ')), [ids])
  return <Overview pale={pale} />
}
