'use client'
import { useMutation } from '@tanstack/react-query'
import { Ban, CirclePause, CirclePlay, RotateCw } from 'lucide-react'
import { useTRPC } from '@/components/api/trpc'
import { useRunView } from '@/components/live/run-context'
import { Button } from '@/components/ui/button'
import { statusOf } from '@/engine/run/summary'
import { useRunPlace } from './run-place'

/** What can be done with the run as it stands. The outcome comes back as an event, so nothing is guessed here. */
export function RunActions({ size = 'normal' }: { size?: 'small' | 'normal' }) {
  const { runId: id } = useRunPlace()
  const status = useRunView(({ state }) => statusOf(state))
  const isNow = useRunView((view) => view.at === null)
  const trpc = useTRPC()
  const cancel = useMutation(trpc.runs.cancel.mutationOptions())
  const pause = useMutation(trpc.runs.pause.mutationOptions())
  const resume = useMutation(trpc.runs.resume.mutationOptions())
  const retry = useMutation(trpc.runs.retry.mutationOptions())
  const isOver = status === 'completed' || status === 'failed' || status === 'cancelled'
  if (!isNow) return null
  return (
    <>
      {(status === 'running' || status === 'waiting' || status === 'queued') && (
        <Button
          size={size}
          icon={<CirclePause size={16} aria-hidden />}
          busy={pause.isPending}
          onClick={() => pause.mutate({ id })}
        >
          Pause
        </Button>
      )}
      {status === 'paused' && (
        <Button
          size={size}
          tone="primary"
          icon={<CirclePlay size={16} aria-hidden />}
          busy={resume.isPending}
          onClick={() => resume.mutate({ id })}
        >
          Resume
        </Button>
      )}
      {status === 'failed' && (
        <Button
          size={size}
          tone="primary"
          icon={<RotateCw size={16} aria-hidden />}
          busy={retry.isPending}
          onClick={() => retry.mutate({ id })}
        >
          Retry from the failed node
        </Button>
      )}
      {!isOver && (
        <Button
          size={size}
          tone="danger"
          icon={<Ban size={16} aria-hidden />}
          busy={cancel.isPending}
          onClick={() => cancel.mutate({ id })}
        >
          Cancel
        </Button>
      )}
    </>
  )
}
