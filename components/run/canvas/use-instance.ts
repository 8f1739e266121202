'use client'
import { useCallback, useSyncExternalStore } from 'react'
import { parentOf } from '@/components/editor/graph/graph-index'
import { useRunStore, useRunView } from '@/components/live/run-context'
import { useFocus } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import type { PathKey } from '@/engine/path'
import type { NodeState } from '@/engine/run/state'
import { useIsForeign } from './drawn-context'
import { instanceOf } from './instance-of'
import { skippedAround } from './passed-over'

/** The instance that the card of a node shows at the moment. At the top there is only one, and nothing to listen to. */
export function useInstance(id: string): PathKey | null {
  const { graph } = useRunPlace()
  const run = useRunStore()
  const focus = useFocus()
  const isForeign = useIsForeign(id)
  const subscribe = useCallback(
    (hear: () => void) => {
      if (parentOf(graph, id) === null) return () => {}
      const leaveRun = run.subscribe(hear)
      const leaveFocus = focus.subscribe(hear)
      return () => {
        leaveRun()
        leaveFocus()
      }
    },
    [graph, run, focus, id],
  )
  const read = () => (isForeign ? null : instanceOf(graph, run.getState().state, focus.getState(), id))
  return useSyncExternalStore(subscribe, read, read)
}

/** How the card of a node stands, of which `path` is the instance that it shows. */
export function useNodeState(id: string, path: PathKey | null): NodeState | undefined {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const isForeign = useIsForeign(id)
  return useRunView(({ state }) => {
    if (isForeign) return undefined
    return (path === null ? undefined : state.nodes.get(path)) ?? skippedAround(graph, state, focus.getState(), id)
  })
}
