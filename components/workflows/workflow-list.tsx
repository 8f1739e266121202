'use client'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { FileUp, Sparkles, Workflow } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { useRunChanges } from '@/components/live/use-run-changes'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import { example } from './example'
import { ImportDialog } from './import-dialog'
import { NewWorkflowButton } from './new-workflow-button'
import { WorkflowCard } from './workflow-card'

/** The workflows of the workspace, each with its last run. */
export function WorkflowList() {
  const [isImporting, setImporting] = useState(false)
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.workflows.list.infiniteQueryOptions({ limit: 30 }, { getNextPageParam: (page) => page.nextCursor }),
  )
  const runs = useQuery(trpc.runs.list.queryOptions({ limit: 100 }))
  useRunChanges(() => void runs.refetch({ cancelRefetch: false }))
  const items = list.data?.pages.flatMap((page) => page.items)
  const lastRunOf = (id: string) => runs.data?.items.find((run) => run.workflowId === id)
  return (
    <Page
      title="Workflows"
      actions={
        <>
          <Button icon={<FileUp size={16} aria-hidden />} onClick={() => setImporting(true)}>
            Import a workflow
          </Button>
          <NewWorkflowButton />
        </>
      }
    >
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {!items && !list.error && <SkeletonRows rows={3} className="h-24" />}
      {items?.length === 0 && <NoWorkflows onImport={() => setImporting(true)} />}
      <ul className="grid gap-3 lg:grid-cols-2">
        {items?.map((workflow) => (
          <WorkflowCard key={workflow.id} workflow={workflow} lastRun={lastRunOf(workflow.id)} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="justify-self-center"
        >
          Show more
        </Button>
      )}
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  )
}

function NoWorkflows({ onImport }: { onImport: () => void }) {
  const router = useRouter()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const add = useMutation(
    trpc.workflows.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.workflows.pathFilter())
        router.push(`/workflows/${id}`)
      },
    }),
  )
  return (
    <EmptyState
      icon={<Workflow size={20} aria-hidden />}
      title="No workflow yet"
      actions={
        <>
          <Button
            tone="primary"
            icon={<Sparkles size={16} aria-hidden />}
            busy={add.isPending || add.isSuccess}
            onClick={() => add.mutate({ graph: example })}
          >
            Add the example
          </Button>
          <Button icon={<FileUp size={16} aria-hidden />} onClick={onImport}>
            Import a workflow
          </Button>
        </>
      }
    >
      The example is a team that researches a topic, writes a brief and asks you before it is done. It runs without a
      model key. Or import a graph from a YAML or JSON file.
    </EmptyState>
  )
}
