'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { FileUp, SearchX } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { GalleryRow } from '@/components/gallery/gallery-row'
import { useRunChanges } from '@/components/live/use-run-changes'
import { SimulatedNote } from '@/components/people/simulated-note'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import { SearchBox } from '@/components/ui/search-box'
import { FirstVisit } from './first-visit'
import { ImportDialog } from './import-dialog'
import { NewWorkflowButton } from './new-workflow-button'
import { WorkflowCard } from './workflow-card'

/** The workflows of the workspace, each with how it looks and how its last runs went. */
export function WorkflowList() {
  const [isImporting, setImporting] = useState(false)
  const [words, setWords] = useState('')
  const search = useDeferredValue(words.trim())
  const { list, items, runsOf } = useCards(search)
  const isFirst = items?.length === 0 && search === '' && !list.isPlaceholderData
  return (
    <Page
      title="Workflows"
      {...(isFirst && { about: 'Begin with a team that works, and change it until it is yours.' })}
      actions={
        !isFirst && (
          <>
            <SearchBox label="Search workflows" value={words} onChange={setWords} className="w-full sm:w-56" />
            <Button icon={<FileUp size={16} aria-hidden />} onClick={() => setImporting(true)}>
              Import a workflow
            </Button>
            <NewWorkflowButton />
          </>
        )
      }
    >
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {!items && !list.error && <SkeletonRows rows={2} className="h-60" />}
      {items && !isFirst && <SimulatedNote />}
      {isFirst && <FirstVisit onImport={() => setImporting(true)} />}
      {items?.length === 0 && search !== '' && (
        <EmptyState icon={<SearchX size={20} aria-hidden />} title={`No workflow is called like “${search}”`} />
      )}
      {items && items.length > 0 && (
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {items.map((workflow) => (
            <WorkflowCard key={workflow.id} workflow={workflow} runs={runsOf(workflow.id)} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="justify-self-center"
        >
          Show more
        </Button>
      )}
      {items && items.length > 0 && (
        <div className="border-line mt-4 border-t pt-6">
          <GalleryRow title="From the gallery" />
        </div>
      )}
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  )
}

function useCards(search: string) {
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.workflows.cards.infiniteQueryOptions(
      { limit: 30, ...(search !== '' && { search }) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  const items = list.data?.pages.flatMap((page) => page.items)
  const workflowIds = items?.map(({ id }) => id) ?? []
  const last = useQuery(
    trpc.runs.last.queryOptions(
      { workflowIds: workflowIds.slice(0, 200) },
      { enabled: workflowIds.length > 0, placeholderData: keepPreviousData },
    ),
  )
  useRunChanges(() => void (workflowIds.length > 0 && last.refetch({ cancelRefetch: false })))
  return { list, items, runsOf: (id: string) => last.data?.runs[id] ?? [] }
}
