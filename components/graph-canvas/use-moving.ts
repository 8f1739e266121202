'use client'
import { type RefObject, useMemo } from 'react'

export type Moving = { begin: () => void; end: () => void }

/**
 * Marks the canvas while somebody moves it or something on it: what lies below the pointer doesn't matter then, and to
 * find that out among 500 nodes took a third of each frame.
 */
export const useMoving = (canvas: RefObject<HTMLElement | null>): Moving =>
  useMemo(
    () => ({
      begin: () => canvas.current?.toggleAttribute('data-moving', true),
      end: () => canvas.current?.removeAttribute('data-moving'),
    }),
    [canvas],
  )

/** Only once it really moves: to press the mouse is not to move, and the view also glides by itself. */
export const onMoves = (moving: Moving) => ({
  onMove: (event: unknown) => {
    if (event !== null && event !== undefined) moving.begin()
  },
  onMoveEnd: moving.end,
})
