'use client'
import Link from 'next/link'
import { GraphThumbnail } from '@/components/graph-thumbnail/graph-thumbnail'
import { RunStatus } from '@/components/run/status'
import { RelativeTime } from '@/components/ui/time'
import type { LastRun } from '@/server/runs/last-runs'
import type { WorkflowCard as Card } from '@/server/workflows/list-workflow-cards'
import { RunButton } from './run-button'
import { RunStrip } from './run-strip'

type Props = { workflow: Card; runs: readonly LastRun[] }

export function WorkflowCard({ workflow, runs }: Props) {
  const { id, name, publishedVersion, updatedAt, sketch } = workflow
  const [last] = runs
  return (
    <li className="bg-surface border-line hover:border-line-strong rounded-card relative flex flex-col overflow-hidden border transition-colors has-[h2_a:focus-visible]:outline-2 has-[h2_a:focus-visible]:outline-offset-2 has-[h2_a:focus-visible]:outline-accent">
      <GraphThumbnail sketch={sketch} className="border-line border-b" />
      <div className="flex flex-1 flex-col gap-3 p-4">
        <div className="flex items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 className="font-semibold break-words">
              {/* The whole card leads there; the buttons lie above the link. */}
              <Link href={`/workflows/${id}`} className="outline-none after:absolute after:inset-0">
                {name}
              </Link>
            </h2>
            <p className="text-ink-faint text-xs">
              {publishedVersion === null ? 'Draft' : `Version ${publishedVersion}`} · changed{' '}
              <RelativeTime at={updatedAt} />
            </p>
          </div>
          <div className="relative z-10">
            <RunButton workflowId={id} publishedVersion={publishedVersion} size="small" />
          </div>
        </div>
        <div className="text-ink-faint mt-auto flex min-h-6 flex-wrap items-center justify-between gap-x-3 gap-y-2 text-sm">
          {last ? (
            <Link
              href={`/runs/${last.id}`}
              className="hover:text-ink relative z-10 inline-flex items-center gap-2 rounded-control"
            >
              <RunStatus status={last.status} />
              <RelativeTime at={last.createdAt} />
            </Link>
          ) : (
            <span>No run yet</span>
          )}
          {last && <RunStrip runs={runs} />}
        </div>
      </div>
    </li>
  )
}
