'use client'
import { useEffect } from 'react'
import { create } from 'zustand'
import type { InboxCounts } from '@/server/live/protocol'
import { liveSocket } from './socket'

/** How much waits for a person, as the server last said; null before it has said anything. */
const useCounts = create<{ counts: InboxCounts | null }>(() => ({ counts: null }))

let watching = 0

const hear = (counts: InboxCounts) => useCounts.setState({ counts })
const watch = () => void liveSocket().emit('watchInbox')

/** Kept up to date as long as anything on the page asks for it. */
export function useInbox(): InboxCounts | null {
  useEffect(() => {
    const socket = liveSocket()
    watching++
    if (watching === 1) {
      socket.on('inbox', hear).on('connect', watch)
      if (socket.connected) watch()
      else socket.connect()
    }
    return () => {
      watching--
      if (watching > 0) return
      socket.off('inbox', hear).off('connect', watch)
      if (socket.connected) socket.emit('unwatchInbox')
    }
  }, [])
  return useCounts(({ counts }) => counts)
}
