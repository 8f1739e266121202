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
    <div className="flex h-dvh flex-col overflow-hidden">
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
    <header className="bg-surface border-line flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5">
      <div className="flex min-w-0 items-center gap-2">
        <Link
          href={back}
          aria-label={workflowId === null ? 'Back to the runs' : `Back to ${name}`}
          className="text-ink-faint hover:text-ink rounded-control p-1"
        >
          <ChevronLeft size={18} aria-hidden />
        </Link>
        <h1 className="truncate font-semibold">{name}</h1>
        <RunBadges />
      </div>
      <div className="text-sm">
        <RunNumbers />
      </div>
      <div className="ml-auto flex items-center gap-2">
        <ComparePicker />
        <ShareButton subject={{ kind: 'run', id: runId }} />
        <MomentForkButton />
        <RunActions />
      </div>
    </header>
  )
}
