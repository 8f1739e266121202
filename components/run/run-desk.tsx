'use client'
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { ShareButton } from '@/components/share/share-button'
import { ResizableBelow } from '@/components/ui/resizable'
import { RunCanvas } from './canvas/run-canvas'
import { ComparePicker } from './compare/compare-picker'
import { ConnectionNotice } from './connection-notice'
import { MomentForkButton } from './fork/moment-fork-button'
import { Scrubber } from './replay/scrubber'
import { RunActions } from './run-actions'
import { RunBadges, RunNumbers } from './run-header'
import { RunPanels } from './run-panels'
import { useRunPlace } from './run-place'
import { RunSide } from './run-side'

export function RunDesk() {
  return (
    <div className="fills-screen relative flex h-dvh flex-col overflow-hidden">
      <TopLine />
      <ConnectionNotice />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-h-0 min-w-0 flex-col">
          <div className="min-h-0 flex-1">
            <RunCanvas />
          </div>
          <Scrubber />
          <ResizableBelow name="run" label="Height of the panels" first={252} min={120}>
            <RunPanels />
          </ResizableBelow>
        </div>
        <RunSide />
      </div>
    </div>
  )
}

function TopLine() {
  const { runId, name, workflowId } = useRunPlace()
  const back = workflowId === null ? '/runs' : `/workflows/${workflowId}`
  return (
    <header className="bg-surface border-line flex h-16 shrink-0 items-center gap-2 border-b px-3">
      <Link
        href={back}
        aria-label={workflowId === null ? 'Back to the runs' : `Back to ${name}`}
        className="text-ink-faint hover:text-ink shrink-0 rounded-control p-1"
      >
        <ChevronLeft size={18} aria-hidden />
      </Link>
      <div className="grid min-w-0 flex-1 gap-0.5">
        <h1 title={name} className="truncate font-semibold">
          {name}
        </h1>
        <div className="flex min-w-0 items-center gap-4 text-sm">
          <div className="flex shrink-0 items-center gap-2">
            <RunBadges />
          </div>
          <div className="h-5 min-w-0 flex-1 overflow-hidden">
            <RunNumbers />
          </div>
        </div>
      </div>
      <div className="flex shrink-0 items-center gap-2 pl-2">
        <ComparePicker />
        <ShareButton folds subject={{ kind: 'run', id: runId }} />
        <MomentForkButton />
        <RunActions />
      </div>
    </header>
  )
}
