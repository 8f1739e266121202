import { runStatusWord } from '@/components/run/status'
import { cx } from '@/components/ui/cx'
import { plural } from '@/components/ui/format'
import type { LastRun } from '@/server/runs/last-runs'

const places = 14

type Status = LastRun['status']
/** Height and colour both differ, so that it can be read without colours. */
const bars: Record<Status, string> = {
  completed: 'h-4 bg-done',
  failed: 'h-2 bg-failed',
  cancelled: 'h-1 bg-ink-faint',
  waiting: 'h-3 bg-waiting',
  paused: 'h-3 bg-waiting',
  running: 'h-3 bg-accent',
  queued: 'h-1 bg-accent',
}

/** How the last runs went, the newest at the right. */
export function RunStrip({ runs }: { runs: readonly LastRun[] }) {
  const words = stripWords(runs)
  const oldestFirst = [...runs].reverse()
  const free = Array.from({ length: Math.max(0, places - runs.length) }, (_, place) => `free-${place}`)
  return (
    <span role="img" aria-label={words} title={words} className="inline-flex h-4 items-end gap-[3px]">
      {free.map((key) => (
        <span key={key} className="bg-line h-1 w-1 rounded-[1px]" />
      ))}
      {oldestFirst.map(({ id, status }) => (
        <span key={id} className={cx('w-1 rounded-[1px]', bars[status])} />
      ))}
    </span>
  )
}

/** `93 %` of those that came to an end by themselves; nothing before the first one did. */
export function successRate(runs: readonly LastRun[]): string {
  const completed = runs.filter(({ status }) => status === 'completed').length
  const failed = runs.filter(({ status }) => status === 'failed').length
  return completed + failed === 0 ? '' : `${Math.round((100 * completed) / (completed + failed))} %`
}

/** `Last 3 runs: 2 completed, 1 failed` */
export function stripWords(runs: readonly LastRun[]): string {
  if (runs.length === 0) return 'No run yet'
  const counts = new Map<Status, number>()
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1)
  const parts = [...counts].map(([status, count]) => `${count} ${runStatusWord(status).toLowerCase()}`)
  return `Last ${plural(runs.length, 'run')}: ${parts.join(', ')}`
}
