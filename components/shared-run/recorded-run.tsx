'use client'
import { useMemo } from 'react'
import { createRecordedStore } from '@/components/live/recorded-store'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { WireEvent } from '@/engine/run/wire'
import { GuestRun } from './guest-run'
import { RunStage } from './run-stage'

export type Recording = {
  graph: Graph
  /** The whole log, from seq 1 on. */
  events: readonly WireEvent[]
  /** Whole values by their hash; those that fit into their preview need not be here. */
  values: { readonly [hash: string]: Json }
}

let opened = 0

type Props = { recording: Recording; start?: 'end' | 'beginning' | 'playing'; className?: string }

/** A run that has been recorded, to be looked at and replayed. Nothing is asked of the server. */
export function RecordedRun({ recording, start = 'end', className }: Props) {
  const { graph, events, values } = recording
  // Another recording is another run: nothing that was read, chosen or played of the one before stays.
  const { id, store } = useMemo(() => ({ id: `recording ${++opened}`, store: createRecordedStore(events) }), [events])
  const readValue = useMemo(
    () => async (hash: string) => {
      const value = values[hash]
      if (value === undefined) throw new Error('The recording does not hold this value.')
      return value
    },
    [values],
  )
  return (
    <GuestRun key={id} id={id} graph={graph} store={store} readValue={readValue} start={start}>
      <RunStage {...(className !== undefined && { className })} />
    </GuestRun>
  )
}
