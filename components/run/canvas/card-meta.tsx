'use client'
import { useRunView } from '@/components/live/run-context'
import { durationOf, isUnderWay } from '@/components/run/node-numbers'
import { useIncluded } from '@/components/run/run-place'
import { usageText, usingOf } from '@/components/run/usage-text'
import { formatDuration, formatElapsed } from '@/components/ui/format'
import { useNow } from '@/components/ui/use-now'
import type { PathKey } from '@/engine/path'
import type { NodeState } from '@/engine/run/state'

type Props = { path: PathKey | null; state: NodeState | undefined; idle: string }

/** Time, tokens and cost of a node, ticking while it works; before that, what it is. */
export function CardMeta({ path, state, idle }: Props) {
  const { costs } = useIncluded()
  const usage = useRunView((view) => (path === null || !costs ? '' : usageText(usingOf(view, path))))
  if (!state || !('startedAt' in state)) return <p className="text-ink-faint truncate text-xs">{idle}</p>
  return (
    <p className="text-ink-faint truncate text-xs">
      {isUnderWay(state) ? <Running from={state.startedAt} /> : formatDuration(durationOf(state, 0))}
      {'attempt' in state && state.attempt > 1 && ` · attempt ${state.attempt}`}
      {usage !== '' && ` · ${usage}`}
    </p>
  )
}

/** Time since, by the clock of the moment that is shown; drawn again only when it reads differently. */
export function Running({ from }: { from: number }) {
  const now = useNow('second')
  return useRunView(({ at, clockSkew }) => formatElapsed((at ?? now + clockSkew) - from))
}
