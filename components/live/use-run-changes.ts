'use client'
import { useEffect, useRef } from 'react'
import { liveSocket } from './socket'

let watching = 0
const atMostEveryMs = 500

/** Calls back when runs of the workspace changed, and after a lost connection, when something may have been missed. */
export function useRunChanges(hear: () => void): void {
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => {
    const socket = liveSocket()
    let wasLost = false
    let timer: ReturnType<typeof setTimeout> | null = null
    const tell = () => {
      timer ??= setTimeout(() => {
        timer = null
        latest.current()
      }, atMostEveryMs)
    }
    const watch = () => {
      socket.emit('watchRuns')
      if (wasLost) tell()
    }
    const lose = () => {
      wasLost = true
    }
    watching++
    socket.on('run', tell).on('connect', watch).on('disconnect', lose)
    if (socket.connected) watch()
    else socket.connect()
    return () => {
      watching--
      if (timer) clearTimeout(timer)
      socket.off('run', tell).off('connect', watch).off('disconnect', lose)
      if (watching === 0 && socket.connected) socket.emit('unwatchRuns')
    }
  }, [])
}
