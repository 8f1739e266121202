'use client'
import { useDeferredValue, useMemo } from 'react'
import { Page } from '@/components/shell/page'
import { useAddress } from '@/components/shell/use-address'
import { SearchBox } from '@/components/ui/search-box'
import { stepOf, stepRows, usePageKeys } from '@/components/ui/use-page-keys'
import { RunResults } from './run-results'
import { everyRun, isEveryRun, type RunWish, readWish, writeWish } from './run-wish'
import { StatusFilter } from './status-filter'
import { TimeFilter } from './time-filter'
import { WorkflowFilter } from './workflow-filter'

/** All runs of the workspace. What is looked for stands in the address. */
export function RunsPage() {
  const [address, put] = useAddress('status', 'workflow', 'search', 'time', 'from', 'to')
  const wish = useMemo(() => readWish(address), [address])
  const asked = useDeferredValue(wish)
  const change = (part: Partial<RunWish>) => put(writeWish({ ...wish, ...part }))
  usePageKeys((key) => {
    const step = stepOf(key)
    if (step !== 0) stepRows(step)
    if (key === '/') document.querySelector<HTMLElement>('main input[type=search]')?.focus()
    return step !== 0 || key === '/'
  })
  return (
    <Page title="Runs">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox
            label="Search runs"
            value={wish.search}
            onChange={(search) => change({ search })}
            className="w-full sm:w-56"
          />
          <div className="min-w-0 flex-1 basis-44 sm:flex-none sm:basis-56">
            <WorkflowFilter value={wish.workflow} onChange={(workflow) => change({ workflow })} />
          </div>
          <TimeFilter value={wish.time} onChange={(time) => change({ time })} />
        </div>
        <StatusFilter chosen={wish.status} onChange={(status) => change({ status })} />
        <RunResults wish={asked} all={isEveryRun(asked)} showWorkflow onShowAll={() => put(writeWish(everyRun))} />
      </div>
    </Page>
  )
}
