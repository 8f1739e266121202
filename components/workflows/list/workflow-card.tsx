'use client'
import Link from 'next/link'
import { GraphThumbnail } from '@/components/graph-thumbnail/graph-thumbnail'
import { RunStatus } from '@/components/run/status'
import { cx } from '@/components/ui/cx'
import { Skeleton } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import { RunButton } from '@/components/workflows/run-button'
import { RunStrip, successRate } from '@/components/workflows/run-strip'
import type { LastRun } from '@/server/runs/last-runs'
import type { WorkflowCard as Card } from '@/server/workflows/list-workflow-cards'
import { startDrag } from './drag-workflows'
import { MoveMenu } from './move-menu'

type Props = {
  workflow: Card
  /** Undefined: not known yet. */
  runs: readonly LastRun[] | undefined
  choice: { isChosen: boolean; isAny: boolean; toggle: () => void }
  /** What a drag of this card takes along. */
  dragged: readonly string[]
  onMove: (folderId: string | null) => void
}

export function WorkflowCard({ workflow, runs, choice, dragged, onMove }: Props) {
  const { id, name, publishedVersion, updatedAt, folderId, sketch } = workflow
  return (
    <li
      draggable
      onDragStart={(event) => startDrag(event, dragged)}
      className={cx(
        'group bg-surface hover:border-line-strong rounded-card relative flex flex-col overflow-hidden border transition-colors has-[h2_a:focus-visible]:outline-2 has-[h2_a:focus-visible]:outline-offset-2 has-[h2_a:focus-visible]:outline-accent',
        choice.isChosen ? 'border-accent' : 'border-line',
      )}
    >
      <input
        type="checkbox"
        aria-label={`Choose ${name}`}
        checked={choice.isChosen}
        onChange={choice.toggle}
        className={cx(
          'accent-accent absolute top-2.5 left-2.5 z-10 size-4 transition-opacity focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100',
          choice.isAny ? 'opacity-100' : 'opacity-0 pointer-coarse:opacity-100',
        )}
      />
      <GraphThumbnail sketch={sketch} className="border-line border-b" />
      <div className="flex flex-1 flex-col gap-3 p-4">
        <div className="flex items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 className="font-semibold break-words">
              {/* The whole card leads there; the buttons lie above the link. */}
              <Link
                href={`/workflows/${id}`}
                draggable={false}
                data-row={id}
                className="outline-none after:absolute after:inset-0"
              >
                {name}
              </Link>
            </h2>
            <p className="text-ink-faint flex flex-wrap gap-x-2 text-xs">
              <span>{publishedVersion === null ? 'Draft' : `Version ${publishedVersion}`}</span>
              <span>
                <span className="sr-only">changed </span>
                <RelativeTime at={updatedAt} />
              </span>
            </p>
          </div>
          <div className="relative z-10 flex items-center gap-1">
            <MoveMenu label={`Move ${name} to a folder`} look="icon" from={folderId} busy={false} onMove={onMove} />
            <RunButton workflowId={id} publishedVersion={publishedVersion} size="small" />
          </div>
        </div>
        <HowItRan runs={runs} />
      </div>
    </li>
  )
}

/** How it breaks is up to the width of the card alone, so that cards in a row look alike. */
function HowItRan({ runs }: Pick<Props, 'runs'>) {
  const last = runs?.[0]
  return (
    <div className="@container mt-auto">
      <div className="text-ink-faint flex min-h-6 flex-col justify-between gap-x-3 gap-y-2 text-sm whitespace-nowrap @min-[18rem]:flex-row @min-[18rem]:items-center">
        {!runs && <Skeleton className="h-6 w-40" />}
        {runs?.length === 0 && <span>No run yet</span>}
        {runs && last && (
          <>
            <Link
              href={`/runs/${last.id}`}
              className="hover:text-ink relative z-10 inline-flex items-center gap-2 rounded-control"
            >
              <RunStatus status={last.status} />
              <RelativeTime at={last.createdAt} />
            </Link>
            <span className="flex items-center justify-between gap-2">
              <span className="text-xs">{successRate(runs)}</span>
              <RunStrip runs={runs} />
            </span>
          </>
        )}
      </div>
    </div>
  )
}
