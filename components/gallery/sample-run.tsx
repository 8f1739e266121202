'use client'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTRPC } from '@/components/api/trpc'
import { QueryView } from '@/components/shell/query-view'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/panel'
import type { Graph } from '@/engine/graph/schema'
import type { JsonObject } from '@/engine/json'
import type { ProjectedEvent } from '@/engine/share/projection'

const tall = 'h-[min(80dvh,46rem)]'

/** Most people who look at a template do not open it: it comes when they do. */
const RecordedRun = dynamic(() => import('@/components/shared-run/recorded-run').then((module) => module.RecordedRun), {
  loading: () => <Skeleton className={tall} />,
})

type Answer = { graph: unknown; events: unknown; values: unknown }
/** Written and read by the same code on both ends, and far too long to be checked event by event. */
const asRecording = ({ graph, events, values }: Answer) => ({
  graph: graph as Graph,
  events: events as readonly ProjectedEvent[],
  values: values as JsonObject,
})

/** The team at work before anything is run or paid. */
export function SampleRun({ id }: { id: string }) {
  const trpc = useTRPC()
  const sample = useQuery(
    trpc.templates.sample.queryOptions({ id }, { select: asRecording, staleTime: Number.POSITIVE_INFINITY }),
  )
  return (
    <div className="grid gap-3">
      <Notice>
        A recorded sample. Its answers were written for this template: no model was asked, and nothing is run or paid
        while you watch. A model of yours will say something else.
      </Notice>
      <QueryView query={sample}>
        {(recording) => <RecordedRun recording={recording} start="playing" className={tall} />}
      </QueryView>
    </div>
  )
}
