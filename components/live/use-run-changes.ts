'use client'
import { useEffect, useRef } from 'react'
import type { RunChange } from '@/server/live/protocol'
import { liveSocket } from './socket'

let watching = 0

/** Calls back when a run of the workspace changed, and after a lost connection, when something may have been missed. */
export function useRunChanges(hear: (change: RunChange | null) => void): void {
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => {
    const socket = liveSocket()
    let wasLost = false
    const watch = () => {
      socket.emit('watchRuns')
      if (wasLost) latest.current(null)
    }
    const lose = () => {
      wasLost = true
    }
    const tell = (change: RunChange) => latest.current(change)
    watching++
    socket.on('run', tell).on('connect', watch).on('disconnect', lose)
    if (socket.connected) watch()
    else socket.connect()
    return () => {
      watching--
      socket.off('run', tell).off('connect', watch).off('disconnect', lose)
      if (watching === 0 && socket.connected) socket.emit('unwatchRuns')
    }
  }, [])
}
