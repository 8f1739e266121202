'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTRPC } from '@/components/api/trpc'
import { Deadline, Matter } from '@/components/run/approval-card'
import { type Decision, DecisionForm } from '@/components/run/decision-form'
import { RunSourceProvider } from '@/components/run/run-place'
import { QueryView } from '@/components/shell/query-view'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import type { ApprovalDetail as Detail } from '@/server/approvals/get-approval'
import { decidedWords } from './decided-words'
import type { Place } from './place-key'

type Props = { place: Place; onDecided: (title: string, decision: Decision) => void }

/** One question with the form that answers it. It stays when somebody else was faster, and says who. */
export function ApprovalDetail({ place, onDecided }: Props) {
  const trpc = useTRPC()
  const detail = useQuery(trpc.approvals.get.queryOptions({ id: place.runId, path: place.path }))
  return (
    <QueryView
      query={detail}
      loading={<SkeletonRows rows={4} className="h-16" />}
      missing={{ title: 'Nothing was asked here', href: '/approvals', link: 'All approvals' }}
    >
      {(item) => (
        <RunSourceProvider source={{ runId: item.runId }}>
          <article
            aria-label={item.title}
            className="bg-surface border-line rounded-card grid min-w-0 gap-4 border p-4 md:p-5"
          >
            <Heading item={item} />
            <Matter reason={item.reason} value={item.value} />
            <Standing item={item} />
            <DecisionForm
              // A place may ask again, and then nothing that was typed before belongs to it.
              key={item.wait}
              path={item.path}
              asked={item.fields}
              isClosed={item.decided !== null}
              onDecided={(decision) => onDecided(item.title, decision)}
              onRefused={() => void detail.refetch()}
            />
          </article>
        </RunSourceProvider>
      )}
    </QueryView>
  )
}

function Heading({ item }: { item: Detail }) {
  const { runId, path, title, workflowId, workflowName, nodeName, since, deadline, onTimeout } = item
  const link = 'text-accent hover:text-accent-hover rounded-control underline underline-offset-2'
  return (
    <header className="grid gap-1.5">
      <h2 className="text-lg font-semibold break-words">{title}</h2>
      <p className="text-ink-soft flex flex-wrap gap-x-3 gap-y-1 text-sm">
        {workflowId !== null && (
          <Link href={`/workflows/${workflowId}`} className={link}>
            {workflowName ?? 'Workflow'}
          </Link>
        )}
        <Link href={`/runs/${runId}?node=${encodeURIComponent(path)}`} className={link}>
          Open the run
        </Link>
        <span>{nodeName}</span>
        <span>
          asked <RelativeTime at={since} />
        </span>
        {deadline !== null && onTimeout !== null && item.decided === null && (
          <span className="text-waiting">
            <Deadline at={deadline} onTimeout={onTimeout} />
          </span>
        )}
      </p>
    </header>
  )
}

/** What keeps a decision from being taken, or from taking effect. */
function Standing({ item: { decided, runPaused } }: { item: Detail }) {
  if (decided === null) {
    return runPaused ? <Notice>The run is paused. A decision takes effect when it is resumed.</Notice> : null
  }
  return (
    <div role="status">
      <Notice title={decidedWords(decided)}>
        {decided.at !== null && (
          <p className="text-ink-faint">
            <RelativeTime at={decided.at} />
          </p>
        )}
        {decided.comment && <p className="whitespace-pre-wrap">{decided.comment}</p>}
      </Notice>
    </div>
  )
}
