'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { RunProvider, useRunStore } from '@/components/live/run-context'
import { readAddress, writeAddress } from './address'
import { createReplay, type Playing, type Replay } from './replay-store'

const ReplayContext = createContext<Replay | null>(null)

const nextFrame = (draw: (now: number) => void): void => void requestAnimationFrame(draw)

export type ReplayStart = 'address' | 'end' | 'beginning' | 'playing'

/** Whoever asked for less movement presses Play. */
const likesMovement = () => !window.matchMedia('(prefers-reduced-motion: reduce)').matches

type Props = {
  /** Where the run stands at first; with `address` the address says so and is kept true. */
  start?: ReplayStart
  children: ReactNode
}

/** Puts a moment that can be chosen between the run and everything inside. */
export function ReplayProvider({ start = 'address', children }: Props) {
  const live = useRunStore()
  const [replay] = useState(() => createReplay({ live, nextFrame }))
  useEffect(() => {
    const close = replay.open()
    if (start === 'beginning' || start === 'playing') replay.seek(1)
    if (start === 'playing' && likesMovement()) replay.play()
    if (start !== 'address') return close
    const { at } = readAddress()
    if (at !== null) replay.seek(at)
    // While it plays, the address would change at every frame.
    const leave = replay.playing.subscribe(({ seq, isPlaying }, before) => {
      if (!isPlaying && (seq !== before.seq || before.isPlaying)) writeAddress({ at: seq })
    })
    return () => {
      leave()
      close()
    }
  }, [replay, start])
  return (
    <ReplayContext value={replay}>
      <RunProvider value={replay.shown}>{children}</RunProvider>
    </ReplayContext>
  )
}

/** Null where a run is shown that can't be replayed (the dock of the builder). */
export const useReplay = (): Replay | null => useContext(ReplayContext)

export function usePlaying<T>(replay: Replay, select: (playing: Playing) => T): T {
  return useStore(replay.playing, select)
}
