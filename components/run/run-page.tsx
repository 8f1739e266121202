'use client'
import { useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { LiveRun, useRunView } from '@/components/live/run-context'
import { QueryView } from '@/components/shell/query-view'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import { RunPlaceProvider } from './run-place'
import { RunScreen } from './run-screen'

const missing = { title: 'There is no such run', href: '/runs', link: 'To the runs' }

export function RunPage({ id }: { id: string }) {
  const trpc = useTRPC()
  const place = useQuery(
    trpc.runs.graph.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY, select: withGraph }),
  )
  return (
    <QueryView query={place} missing={missing} loading={<Loading />}>
      {({ graph, workflowId, workflowName, version }) => (
        <RunPlaceProvider place={{ runId: id, graph, workflowId, version, name: workflowName ?? graph.name }}>
          <LiveRun runId={id}>
            <WatchedRun />
          </LiveRun>
        </RunPlaceProvider>
      )}
    </QueryView>
  )
}

function WatchedRun() {
  const phase = useRunView((view) => view.phase)
  if (phase === 'loading') return <Loading />
  if (phase === 'ready') return <RunScreen />
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
