'use client'
import { useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { useMemo } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { LiveRun, useRunView } from '@/components/live/run-context'
import { QueryView } from '@/components/shell/query-view'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import { CompareProvider } from './compare/compare-context'
import { ReplayProvider } from './replay/replay-context'
import { FocusProvider } from './run-focus'
import { type RunPlace, RunPlaceProvider } from './run-place'
import { RunScreen } from './run-screen'

const missing = { title: 'There is no such run', href: '/runs', link: 'To the runs' }

export function RunPage({ id }: { id: string }) {
  const trpc = useTRPC()
  const place = useQuery(
    trpc.runs.graph.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY, select: withGraph }),
  )
  return (
    <QueryView query={place} missing={missing} loading={<Loading />}>
      {(data) => <Placed id={id} data={data} />}
    </QueryView>
  )
}

type PlaceData = Pick<RunPlace, 'graph' | 'workflowId' | 'version'> & { workflowName: string | null }

function Placed({ id, data }: { id: string; data: PlaceData }) {
  const { graph, workflowId, workflowName, version } = data
  const place = useMemo(
    () => ({ runId: id, graph, workflowId, version, name: workflowName ?? graph.name }),
    [id, graph, workflowId, workflowName, version],
  )
  return (
    <RunPlaceProvider place={place}>
      <LiveRun key={id} runId={id}>
        <WatchedRun />
      </LiveRun>
    </RunPlaceProvider>
  )
}

function WatchedRun() {
  const phase = useRunView((view) => view.phase)
  if (phase === 'loading') return <Loading />
  if (phase === 'ready') {
    return (
      <ReplayProvider>
        <FocusProvider inAddress>
          <CompareProvider>
            <RunScreen />
          </CompareProvider>
        </FocusProvider>
      </ReplayProvider>
    )
  }
  return (
    <EmptyState
      icon={<SearchX size={20} aria-hidden />}
      title={missing.title}
      actions={<ButtonLink href={missing.href}>{missing.link}</ButtonLink>}
    >
      It can't be watched any longer: it was removed, or you have lost the right to see it.
    </EmptyState>
  )
}

const Loading = () => (
  <div className="mx-auto max-w-6xl px-4 py-7 md:px-8">
    <SkeletonRows rows={6} />
  </div>
)
