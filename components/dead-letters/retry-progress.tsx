'use client'
import { X } from 'lucide-react'
import Link from 'next/link'
import { IconButton } from '@/components/ui/button'
import { plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import type { BulkRetry } from './use-bulk-retry'

type Props = { job: BulkRetry; onClose: () => void }

/** How a bulk retry goes on; afterwards what did not go, and why. */
export function RetryProgress({ job, onClose }: Props) {
  const { group, sent, refused, status } = job
  const tried = sent + refused.length
  if (status.is === 'running') {
    return (
      <div role="status" className="bg-surface border-line rounded-card grid gap-2 border p-3.5 text-sm">
        <p>
          {tried} of {plural(group.count, 'run')} tried, {sent} on their way:{' '}
          <span className="text-ink-faint">{group.example.message}</span>
        </p>
        <progress max={Math.max(group.count, tried)} value={tried} className="accent-accent h-1.5 w-full" />
      </div>
    )
  }
  return (
    <Notice
      tone="waiting"
      title={`${plural(sent, 'run goes', 'runs go')} on, ${refused.length} did not`}
      actions={
        <IconButton label="Dismiss" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      }
    >
      {status.is === 'stopped' && <p>It stopped in the middle: {status.why} Press the button again to go on.</p>}
      <ul className="grid gap-0.5">
        {reasons(refused).map(({ detail, runIds }) => (
          <li key={detail}>
            {detail} ({plural(runIds.length, 'run')}, for example{' '}
            <Link href={`/runs/${runIds[0]}`} className="text-accent rounded-control underline">
              this one
            </Link>
            )
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function reasons(refused: BulkRetry['refused']): { detail: string; runIds: string[] }[] {
  const byReason = new Map<string, string[]>()
  for (const { detail, runId } of refused) byReason.set(detail, [...(byReason.get(detail) ?? []), runId])
  return [...byReason].map(([detail, runIds]) => ({ detail, runIds }))
}
