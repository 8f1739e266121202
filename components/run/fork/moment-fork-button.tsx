'use client'
import { GitFork } from 'lucide-react'
import { useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { useReplay } from '@/components/run/replay/replay-context'
import { Button } from '@/components/ui/button'
import { isOver } from '@/engine/run/state'
import { ForkDialog } from './fork-dialog'

/** A new run that begins where this one is at the moment that is shown. */
export function MomentForkButton() {
  const [isOpen, setOpen] = useState(false)
  const seq = useRunView(({ state }) => state.seq)
  const isPast = useRunView((view) => view.at !== null)
  const isDone = useRunView(({ state }) => isOver(state.run))
  const replay = useReplay()
  if (!isPast && !isDone) return null
  return (
    <>
      <Button
        folds={!isPast}
        icon={<GitFork size={16} aria-hidden />}
        onClick={() => {
          replay?.pause()
          setOpen(true)
        }}
      >
        {isPast ? 'Fork from here' : 'Fork'}
      </Button>
      {isOpen && (
        <ForkDialog
          start={{ type: 'moment', seq }}
          title={isPast ? `Fork from event ${seq}` : 'Fork this run'}
          entry={null}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
