'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { RunStatus } from '@/components/run/status'
import { formatCost, formatCount, formatDuration, formatElapsed, unknown } from '@/components/ui/format'
import { RelativeTime } from '@/components/ui/time'
import { useNow } from '@/components/ui/use-now'
import type { RunListItem } from '@/server/runs/run-list-item'

type Props = { runs: readonly RunListItem[]; showWorkflow: boolean }

export function RunTable({ runs, showWorkflow }: Props) {
  return (
    <div className="bg-surface border-line rounded-card overflow-hidden border">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="text-ink-faint border-line border-b text-xs [&>th]:h-9 [&>th]:px-4 [&>th]:font-medium">
            <th scope="col">{showWorkflow ? 'Workflow' : 'Run'}</th>
            <th scope="col">State</th>
            <th scope="col" className="hidden md:table-cell">
              Started
            </th>
            <th scope="col" className="hidden text-right sm:table-cell">
              Duration
            </th>
            <th scope="col" className="hidden text-right md:table-cell">
              Tokens
            </th>
            <th scope="col" className="hidden text-right md:table-cell">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} showWorkflow={showWorkflow} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RunRow({ run, showWorkflow }: { run: RunListItem; showWorkflow: boolean }) {
  const router = useRouter()
  const { id, workflowName, version, status, createdAt, usage, error } = run
  const href = `/runs/${id}`
  const from = version === null ? 'Draft' : `Version ${version}`
  return (
    // The link in the first cell is what keyboards and screen readers use; a click anywhere in the row is a convenience.
    <tr
      onClick={() => router.push(href)}
      className="border-line hover:bg-hover h-13 cursor-pointer border-b transition-colors last:border-b-0 [&>td]:px-4 [&>td]:py-2"
    >
      <td className="w-full max-w-0">
        <Link
          data-row
          href={href}
          onClick={(event) => event.stopPropagation()}
          className="block truncate rounded-control font-medium"
        >
          {showWorkflow ? (workflowName ?? 'A graph from a file') : from}
        </Link>
        <p className="text-ink-faint truncate">
          {error ? (
            <span className="text-failed">{error.message}</span>
          ) : (
            <>
              {showWorkflow && <span>{from}</span>}
              <span className="md:hidden">
                {showWorkflow && ' · '}
                <RelativeTime at={createdAt} />
              </span>
            </>
          )}
        </p>
      </td>
      <td>
        <RunStatus status={status} />
      </td>
      <td className="text-ink-soft hidden md:table-cell">
        <RelativeTime at={createdAt} />
      </td>
      <td className="text-ink-soft hidden text-right whitespace-nowrap sm:table-cell">
        <RunDuration run={run} />
      </td>
      <td className="text-ink-soft hidden text-right md:table-cell">
        {usage ? formatCount(usage.inputTokens + usage.outputTokens) : unknown}
      </td>
      <td className="text-ink-soft hidden text-right md:table-cell">{formatCost(usage?.cost ?? null)}</td>
    </tr>
  )
}

function RunDuration({ run }: { run: RunListItem }) {
  const { startedAt, finishedAt } = run
  if (startedAt === null) return unknown
  const from = Date.parse(startedAt)
  return finishedAt === null ? <Ticking from={from} /> : formatDuration(Date.parse(finishedAt) - from)
}

/** Time since `from`, second by second. `skew` puts this device's clock right. */
export function Ticking({ from, skew = 0 }: { from: number; skew?: number }) {
  return formatElapsed(useNow('second') + skew - from)
}
