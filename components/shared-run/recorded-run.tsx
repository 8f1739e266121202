'use client'
import { useMemo } from 'react'
import { createRecordedStore } from '@/components/live/recorded-store'
import type { RunProjection } from '@/engine/share/projection'
import { GuestRun } from './guest-run'
import { RunStage } from './run-stage'

/** What a recording is made of: the whole log, and those of its values that are longer than their beginning in the log. */
export type Recording = Pick<RunProjection, 'graph' | 'events' | 'values'> & Partial<Pick<RunProjection, 'shown'>>

let opened = 0

type Props = { recording: Recording; start?: 'end' | 'beginning' | 'playing'; className?: string }

/** A run that has been recorded, to be looked at and replayed. Nothing is asked of the server. */
export function RecordedRun({ recording, start = 'end', className }: Props) {
  const { graph, events, values, shown } = recording
  // Another recording is another run: nothing that was read, chosen or played of the one before stays.
  const { id, store } = useMemo(() => ({ id: `recording ${++opened}`, store: createRecordedStore(events) }), [events])
  const guest = useMemo(
    () => ({
      readValue: async (hash: string) => {
        const value = values[hash]
        if (value === undefined) throw new Error('The recording does not hold this value.')
        return value
      },
      ...(shown && { include: shown.include }),
    }),
    [values, shown],
  )
  return (
    <GuestRun key={id} id={id} graph={graph} store={store} guest={guest} start={start}>
      <RunStage {...(className !== undefined && { className })} />
    </GuestRun>
  )
}
