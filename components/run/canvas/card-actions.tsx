'use client'
import { useMutation } from '@tanstack/react-query'
import { Check, RotateCw, X } from 'lucide-react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { useRunView } from '@/components/live/run-context'
import { askedAbout } from '@/components/run/asked-line'
import { useFocus } from '@/components/run/run-focus'
import { useIsGuest, useRunPlace } from '@/components/run/run-place'
import { Button } from '@/components/ui/button'
import { toastFailed } from '@/components/ui/toast'
import type { GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import { isQuestion, type Question } from '@/engine/run/question'
import type { NodeState } from '@/engine/run/state'

type Props = { node: GraphNode; path: PathKey; state: NodeState }

/** What a person can do about this very node, right below it. The past can only be looked at. */
export function CardActions({ path, state }: Props) {
  const isNow = useRunView((view) => view.at === null)
  const isFailedRun = useRunView(({ state: { run } }) => run.status === 'failed')
  const isGuest = useIsGuest()
  if (!isNow || isGuest) return null
  if (state.status === 'failed' && state.handled === undefined && isFailedRun) return <Retry />
  if (state.status !== 'waiting') return null
  const { waiting } = state
  return isQuestion(waiting) ? <Decide key={state.wait} path={path} waiting={waiting} /> : null
}

type BarProps = {
  /** Read in full before it is pressed: it stands below the buttons while they are pointed at. */
  about?: string
  children: ReactNode
}

const Bar = ({ about = '', children }: BarProps) => (
  <fieldset className="run-actions nodrag nopan" onKeyDown={keepPress}>
    <div className="flex gap-1.5">{children}</div>
    {about !== '' && <p className="run-asked nowheel">{about}</p>}
  </fieldset>
)

/** A key that presses a button here does not choose the node as well. */
function keepPress(event: KeyboardEvent) {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
}

function Retry() {
  const { runId: id } = useRunPlace()
  const trpc = useTRPC()
  const retry = useMutation(trpc.runs.retry.mutationOptions())
  return (
    <Bar>
      <Button
        size="small"
        busy={retry.isPending}
        icon={<RotateCw size={14} aria-hidden />}
        onClick={(event) => {
          event.stopPropagation()
          retry.mutate({ id })
        }}
      >
        Retry
      </Button>
    </Bar>
  )
}

function Decide({ path, waiting }: { path: PathKey; waiting: Question }) {
  const { runId: id } = useRunPlace()
  const focus = useFocus()
  const trpc = useTRPC()
  // What it asks for beside yes or no is asked in the details, where there is room for it.
  const decide = useMutation(
    trpc.runs.decide.mutationOptions({
      meta: { shown: true },
      onError: (error) => {
        focus.decide(path)
        toastFailed(problemOf(error).detail)
      },
    }),
  )
  const asks = waiting.reason === 'approval' && Array.isArray(waiting.fields) && waiting.fields.length > 0
  const about = askedAbout(waiting)
  const isDecided = decide.isPending || decide.isSuccess
  // A click that decides something does not choose the node as well.
  const send = (event: MouseEvent, decision: 'approved' | 'rejected') => {
    event.stopPropagation()
    decide.mutate({ id, path, decision })
  }
  if (asks) {
    return (
      <Bar about={about}>
        <Button
          size="small"
          tone="primary"
          onClick={(event) => {
            event.stopPropagation()
            focus.decide(path)
          }}
        >
          Decide…
        </Button>
      </Bar>
    )
  }
  return (
    <Bar about={about}>
      <Button
        size="small"
        tone="primary"
        icon={<Check size={14} aria-hidden />}
        disabled={isDecided}
        busy={isDecided && decide.variables?.decision === 'approved'}
        onClick={(event) => send(event, 'approved')}
      >
        Approve
      </Button>
      <Button
        size="small"
        icon={<X size={14} aria-hidden />}
        disabled={isDecided}
        busy={isDecided && decide.variables?.decision === 'rejected'}
        onClick={(event) => send(event, 'rejected')}
      >
        Reject
      </Button>
    </Bar>
  )
}
