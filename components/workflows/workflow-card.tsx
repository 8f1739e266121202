'use client'
import Link from 'next/link'
import { RunStatus } from '@/components/run/status'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/time'
import type { RunListItem } from '@/server/runs/run-list-item'
import type { WorkflowView } from '@/server/workflows/workflow-view'
import { RunButton } from './run-button'

type Props = { workflow: WorkflowView; lastRun: RunListItem | undefined }

export function WorkflowCard({ workflow, lastRun }: Props) {
  const { id, name, publishedVersion, updatedAt } = workflow
  return (
    <li className="bg-surface border-line hover:border-line-strong rounded-card relative grid gap-3 border p-4 transition-colors">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 font-semibold break-words">
          {/* The whole card leads there; the buttons lie above the link. */}
          <Link href={`/workflows/${id}`} className="rounded-control after:absolute after:inset-0">
            {name}
          </Link>
        </h2>
        <div className="relative z-10">
          <RunButton workflowId={id} publishedVersion={publishedVersion} size="small" />
        </div>
      </div>
      <div className="text-ink-faint flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={publishedVersion === null ? 'neutral' : 'accent'}>
          {publishedVersion === null ? 'Draft' : `Version ${publishedVersion}`}
        </Badge>
        {lastRun ? (
          <Link
            href={`/runs/${lastRun.id}`}
            className="relative z-10 inline-flex items-center gap-2 rounded-control hover:text-ink"
          >
            <RunStatus status={lastRun.status} />
            <RelativeTime at={lastRun.createdAt} />
          </Link>
        ) : (
          <span>
            Changed <RelativeTime at={updatedAt} />
          </span>
        )}
      </div>
    </li>
  )
}
