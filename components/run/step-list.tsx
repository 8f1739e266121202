'use client'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { cx } from '@/components/ui/cx'
import { formatCost, formatDuration, formatTokens } from '@/components/ui/format'
import type { PathKey } from '@/engine/path'
import type { StepKind } from '@/engine/run/events'
import type { StepState } from '@/engine/run/state'
import { Part } from './part'
import { RefView } from './ref-view'

const names: Record<StepKind, string> = {
  model: 'Model call',
  tool: 'Tool call',
  http: 'Web request',
  code: 'Code',
  open: 'Opened',
  child: 'Started a run',
  value: 'Value',
}

/** The recorded steps of a node, in the order in which they were first heard of. */
export function StepList({ path }: { path: PathKey }) {
  const steps = useRunView((view) => view.state.steps.get(path))
  if (!steps || steps.size === 0) return null
  return (
    <Part title="Steps">
      <ol className="border-line divide-line divide-y rounded-control border">
        {[...steps].map(([step, state]) => (
          <StepItem key={step} step={step} state={state} />
        ))}
      </ol>
    </Part>
  )
}

function StepItem({ step, state }: { step: string; state: StepState }) {
  const [isOpen, setOpen] = useState(false)
  const about = state.status === 'completed' ? (state.tool ?? state.model) : undefined
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="hover:bg-hover flex min-h-9 w-full items-center gap-2 px-2.5 py-1.5 text-left transition-colors focus-visible:outline-offset-[-2px]"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={cx('text-ink-faint shrink-0 transition-transform', isOpen && 'rotate-90')}
        />
        <span className="min-w-0 flex-1 truncate">
          {names[state.kind]} <span className="text-ink-faint">{about ?? step}</span>
        </span>
        <span className={cx('text-xs', state.status === 'failed' ? 'text-failed' : 'text-ink-faint')}>
          {state.status === 'started'
            ? 'under way'
            : state.status === 'failed'
              ? 'failed'
              : formatDuration(state.endedAt - state.startedAt)}
        </span>
      </button>
      {isOpen && (
        <div className="grid gap-2 px-2.5 pb-2.5">
          <StepBody state={state} />
        </div>
      )}
    </li>
  )
}

function StepBody({ state }: { state: StepState }) {
  if (state.status === 'started') return <p className="text-ink-faint">Not recorded yet.</p>
  if (state.status === 'failed') return <p className="text-failed break-words">{state.failure.message}</p>
  const { usage, model, simulated } = state
  return (
    <>
      {usage && (
        <p className="text-ink-faint text-xs">
          {[
            model,
            simulated && model !== 'simulated' && 'simulated',
            formatTokens(usage.inputTokens + usage.outputTokens),
            formatCost(usage.cost),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <RefView value={state.result} />
    </>
  )
}
