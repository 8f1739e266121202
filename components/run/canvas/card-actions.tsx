'use client'
import { useMutation } from '@tanstack/react-query'
import { Check, RotateCw, X } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { useRunView } from '@/components/live/run-context'
import { useFocus } from '@/components/run/run-focus'
import { useIsGuest, useRunPlace } from '@/components/run/run-place'
import { Button } from '@/components/ui/button'
import { toastFailed } from '@/components/ui/toast'
import type { GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { Waiting } from '@/engine/run/events'
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
  if (waiting.reason === 'timer' || waiting.reason === 'child') return null
  return <Decide key={state.wait} path={path} waiting={waiting} />
}

const Bar = ({ children }: { children: ReactNode }) => <div className="run-actions nodrag nopan">{children}</div>

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

function Decide({ path, waiting }: { path: PathKey; waiting: Waiting }) {
  const { runId: id } = useRunPlace()
  const focus = useFocus()
  const trpc = useTRPC()
  // What it asks for beside yes or no is asked in the details, where there is room for it.
  const decide = useMutation(
    trpc.runs.decide.mutationOptions({
      meta: { shown: true },
      onError: (error) => {
        focus.select(path)
        toastFailed(problemOf(error).detail)
      },
    }),
  )
  const asks = waiting.reason === 'approval' && Array.isArray(waiting.fields) && waiting.fields.length > 0
  const isDecided = decide.isPending || decide.isSuccess
  // A click that decides something does not choose the node as well.
  const send = (event: MouseEvent, decision: 'approved' | 'rejected') => {
    event.stopPropagation()
    decide.mutate({ id, path, decision })
  }
  if (asks) {
    return (
      <Bar>
        <Button size="small" tone="primary" onClick={() => focus.select(path)}>
          Decide…
        </Button>
      </Bar>
    )
  }
  return (
    <Bar>
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
