'use client'
import { useRunView } from '@/components/live/run-context'
import { useFocused } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import type { PathKey } from '@/engine/path'
import type { NodeState } from '@/engine/run/state'
import { instanceOf } from './instance-of'

/** The instance that the card of a node shows at the moment. */
export function useInstance(id: string): PathKey | null {
  const { graph } = useRunPlace()
  const chosen = useFocused((focus) => focus.chosen)
  const followed = useFocused((focus) => focus.followed)
  return useRunView(({ state }) => instanceOf(graph, state, { chosen, followed }, id))
}

export const useNodeState = (path: PathKey | null): NodeState | undefined =>
  useRunView(({ state }) => (path === null ? undefined : state.nodes.get(path)))
