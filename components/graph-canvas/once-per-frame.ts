export type OncePerFrame<T> = {
  /** Wants it done in the next frame; what was wanted before and isn't done yet is forgotten. */
  ask: (latest: T) => void
  /** Does now what is still wanted. */
  settle: () => void
}

/** A hand tells where it is more often than the screen is drawn: only the last place before each frame counts. */
export function oncePerFrame<T>(work: (latest: T) => void): OncePerFrame<T> {
  let wanted: { latest: T; frame: number } | null = null
  const settle = () => {
    if (wanted === null) return
    const { latest, frame } = wanted
    wanted = null
    cancelAnimationFrame(frame)
    work(latest)
  }
  return {
    ask: (latest) => {
      wanted = { latest, frame: wanted?.frame ?? requestAnimationFrame(settle) }
    },
    settle,
  }
}
