'use client'
import { useRunView } from '@/components/live/run-context'
import { durationOf, isUnderWay, usageOf } from '@/components/run/node-numbers'
import { formatCost, formatCount, formatDuration, formatElapsed } from '@/components/ui/format'
import { useNow } from '@/components/ui/use-now'
import type { PathKey } from '@/engine/path'
import type { NodeState } from '@/engine/run/state'
import type { Usage } from '@/engine/usage'

type Props = { path: PathKey | null; state: NodeState | undefined; idle: string }

/** Time, tokens and cost of a node, ticking while it works; before that, what it is. */
export function CardMeta({ path, state, idle }: Props) {
  const usage = useRunView((view) => (path === null ? '' : usageText(usageOf(view.state, path))))
  if (!state || !('startedAt' in state)) return <p className="text-ink-faint truncate text-xs">{idle}</p>
  return (
    <p className="text-ink-faint truncate text-xs">
      {isUnderWay(state) ? <Running from={state.startedAt} /> : formatDuration(durationOf(state, 0))}
      {'attempt' in state && state.attempt > 1 && ` · attempt ${state.attempt}`}
      {usage}
    </p>
  )
}

/** Time since, by the clock of the moment that is shown; drawn again only when it reads differently. */
export function Running({ from }: { from: number }) {
  const now = useNow('second')
  return useRunView(({ at, clockSkew }) => formatElapsed((at ?? now + clockSkew) - from))
}

export function usageText(usage: Usage | null): string {
  if (!usage || usage.inputTokens + usage.outputTokens === 0) return ''
  return ` · ${formatCount(usage.inputTokens + usage.outputTokens)} tokens · ${formatCost(usage.cost)}`
}
