'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronRight, CirclePause, CirclePlay, CircleX, MailX, RotateCw } from 'lucide-react'
import Link from 'next/link'
import { useId } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { failureAdvice } from '@/components/run/failure-advice'
import { Button } from '@/components/ui/button'
import { ConfirmButton } from '@/components/ui/confirm-button'
import { cx } from '@/components/ui/cx'
import { plural } from '@/components/ui/format'
import { RelativeTime } from '@/components/ui/time'
import { toastDone } from '@/components/ui/toast'
import type { DeadLetterView } from '@/server/dead-letters/dead-letter-view'
import { DeadRuns } from './dead-runs'

type Props = {
  group: DeadLetterView
  isOpen: boolean
  isBusy: boolean
  onToggle: () => void
  onRetry: () => void
}

/** One cause: what happened, how often and where, and what can be done about it. */
export function DeadLetterCard({ group, isOpen, isBusy, onToggle, onRetry }: Props) {
  const { code, node, nodeName, count, remedy, example } = group
  const id = useId()
  const Icon = remedy === 'resume' ? CirclePause : CircleX
  return (
    <article aria-label={example.message} className="bg-surface border-line rounded-card min-w-0 border">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 p-4">
        <div className="flex min-w-0 flex-1 basis-72 gap-3">
          <Icon
            size={18}
            aria-hidden
            className={cx('mt-0.5 shrink-0', remedy === 'resume' ? 'text-waiting' : 'text-failed')}
          />
          <div className="grid min-w-0 gap-1">
            <h2 className="line-clamp-3 font-semibold break-words">{example.message}</h2>
            <p className="text-ink-faint text-sm">
              {node === null ? 'The run got stuck' : <span title={node}>in node {nodeName}</span>} ·{' '}
              <Where group={group} />
            </p>
            <p className="text-ink-faint text-sm">
              <Seen group={group} /> ·{' '}
              <Link
                href={`/runs/${example.runId}${node === null ? '' : `?node=${encodeURIComponent(node)}`}`}
                className="text-accent hover:text-accent-hover rounded-control underline underline-offset-2"
              >
                the last one
              </Link>
            </p>
            <p className="text-ink-soft text-sm">{code === 'stuck' ? stuckAdvice : failureAdvice[code]}</p>
          </div>
        </div>
        <div className="flex items-center gap-2">
          <Button
            size="small"
            tone="primary"
            icon={remedy === 'retry' ? <RotateCw size={14} aria-hidden /> : <CirclePlay size={14} aria-hidden />}
            busy={isBusy}
            onClick={onRetry}
          >
            {remedy === 'retry' ? 'Retry' : 'Resume'} {count === 1 ? 'it' : `all ${count}`}
          </Button>
          {remedy === 'retry' && <Dismiss group={group} />}
        </div>
      </div>
      <button
        type="button"
        data-row
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={onToggle}
        className="border-line text-ink-soft hover:text-ink hover:bg-hover flex w-full items-center gap-1.5 rounded-b-card border-t px-4 py-2 text-sm font-medium focus-visible:outline-offset-[-2px]"
      >
        <ChevronRight size={16} aria-hidden className={cx('transition-transform', isOpen && 'rotate-90')} />
        {plural(count, 'run')}
      </button>
      <div id={id} hidden={!isOpen} className="px-4 pb-2">
        {isOpen && <DeadRuns group={group} />}
      </div>
    </article>
  )
}

const stuckAdvice =
  'No process of Baton could go on with it. Mend what is said there, or start the version that began it; then resume.'

function Where({ group: { workflows } }: { group: DeadLetterView }) {
  const [first, second, ...more] = workflows
  if (!first) return 'graphs from files'
  return (
    <>
      {[first, second].map((workflow, index) =>
        workflow ? (
          <span key={workflow.id}>
            {index > 0 && ', '}
            <Link
              href={`/workflows/${workflow.id}`}
              className="hover:text-ink rounded-control underline underline-offset-2"
            >
              {workflow.name}
            </Link>
          </span>
        ) : null,
      )}
      {more.length > 0 && ` and ${more.length} more`}
    </>
  )
}

function Seen({ group: { count, firstAt, lastAt } }: { group: DeadLetterView }) {
  if (count === 1) return <RelativeTime at={lastAt} />
  return (
    <>
      first <RelativeTime at={firstAt} />, last <RelativeTime at={lastAt} />
    </>
  )
}

function Dismiss({ group: { cause, count } }: { group: DeadLetterView }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const dismiss = useMutation(
    trpc.deadLetters.dismiss.mutationOptions({
      onSuccess: ({ dismissed }) => {
        toastDone(`${plural(dismissed, 'run is', 'runs are')} off the list.`)
        void queryClient.invalidateQueries(trpc.deadLetters.pathFilter())
      },
    }),
  )
  return (
    <ConfirmButton
      label="Take off the list"
      icon={<MailX size={16} aria-hidden />}
      title={`Take ${plural(count, 'run')} off the list?`}
      action="Take off the list"
      busy={dismiss.isPending}
      onConfirm={() => dismiss.mutate({ cause })}
    >
      Nothing happens to the runs: they stay failed, and each can still be retried from its own page.
    </ConfirmButton>
  )
}
