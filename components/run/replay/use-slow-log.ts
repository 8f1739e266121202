'use client'
import { useEffect, useState } from 'react'
import type { WireEvent } from '@/engine/run/wire'
import { useReplay } from './replay-context'

const everyMs = 400

/** The whole log, also what lies behind the moment that is shown. It may be a little late. */
export function useSlowLog(): readonly WireEvent[] {
  const replay = useReplay()
  const [events, setEvents] = useState<readonly WireEvent[]>(() => replay?.log() ?? [])
  useEffect(() => {
    if (!replay) return
    const read = () => setEvents(replay.log())
    read()
    let timer: ReturnType<typeof setTimeout> | null = null
    const leave = replay.playing.subscribe(({ last }, before) => {
      if (last === before.last) return
      timer ??= setTimeout(() => {
        timer = null
        read()
      }, everyMs)
    })
    return () => {
      leave()
      if (timer !== null) clearTimeout(timer)
    }
  }, [replay])
  return events
}
