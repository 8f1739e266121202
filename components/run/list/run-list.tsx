'use client'
import { useMemo, useState } from 'react'
import type { PublicStatus } from '@/engine/run/summary'
import { RunResults } from './run-results'
import { everyRun } from './run-wish'
import { StatusFilter } from './status-filter'

/** The runs of one workflow, beside its canvas. */
export function RunList({ workflowId }: { workflowId: string }) {
  const [status, setStatus] = useState<readonly PublicStatus[]>([])
  const wish = useMemo(() => ({ ...everyRun, workflow: workflowId, status }), [workflowId, status])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <StatusFilter chosen={status} onChange={setStatus} />
      <RunResults wish={wish} all={status.length === 0} showWorkflow={false} onShowAll={() => setStatus([])} />
    </div>
  )
}
