'use client'
import { useShareEnded } from '@/components/live/use-share-ended'
import type { WorkflowProjection } from '@/engine/share/projection'
import { GraphStage } from './graph-stage'
import { ShareFrame } from './share-frame'
import { NoLongerShared } from './share-messages'
import { UseTeam } from './use-team'

type Props = { token: string; proof: string | null; look: 'page' | 'frame'; projection: WorkflowProjection }

/** A workflow by its share link: its graph, and what its nodes are set up to do. */
export function SharedWorkflowView({ token, proof, look, projection }: Props) {
  const { name, graph, sharedBy } = projection
  const isEnded = useShareEnded({ token, proof })
  if (isEnded) return <NoLongerShared />
  if (look === 'frame') {
    return (
      <main className="grid h-dvh grid-rows-[auto_minmax(0,1fr)] gap-2 p-2">
        <h1 className="font-semibold break-words">{name}</h1>
        <GraphStage graph={graph} className="h-full" />
      </main>
    )
  }
  return (
    <ShareFrame>
      <main className="contents">
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="grid min-w-0 gap-1.5">
            <h1 className="text-xl font-semibold break-words">{name}</h1>
            {sharedBy !== undefined && <p className="text-ink-soft text-sm">Shared by {sharedBy}</p>}
            {graph.description !== undefined && <p className="text-ink-soft max-w-3xl">{graph.description}</p>}
          </div>
          <UseTeam token={token} proof={proof} name={name} />
        </header>
        <GraphStage graph={graph} />
      </main>
    </ShareFrame>
  )
}
