import { createStore, type StoreApi } from 'zustand/vanilla'
import { foldEvents, newRun } from '@/engine/run/reduce'
import type { WireEvent } from '@/engine/run/wire'
import type { RunView } from './run-store'

/** The view of a run whose whole log is in hand: a sample, a preview, a shared run that is over. */
export function createRecordedStore(events: readonly WireEvent[]): StoreApi<RunView> {
  return createStore<RunView>(() => ({
    phase: 'ready',
    connection: 'live',
    state: foldEvents(newRun(), events),
    events,
    streams: new Map(),
    clockSkew: 0,
    at: null,
  }))
}
