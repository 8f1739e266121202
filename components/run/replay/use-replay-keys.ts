'use client'
import { useEffect } from 'react'
import type { Replay } from './replay-store'

/** ← → step, space plays; unless somebody types, or the key means something where the focus is. */
export function useReplayKeys(replay: Replay): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || isTakenBy(event.target, event.key)) return
      if (event.key === 'ArrowLeft') replay.step(event.shiftKey ? -10 : -1)
      else if (event.key === 'ArrowRight') replay.step(event.shiftKey ? 10 : 1)
      else if (event.key === ' ') replay.playing.getState().isPlaying ? replay.pause() : replay.play()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [replay])
}

function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('dialog, [contenteditable], textarea, select, [role=tablist], [role=separator]')) return true
  if (target instanceof HTMLInputElement && target.type === 'radio') return key !== ' '
  if (target instanceof HTMLInputElement) return target.type !== 'range' || key !== ' '
  return key === ' ' && target.closest('button, a, .react-flow__node') !== null
}
