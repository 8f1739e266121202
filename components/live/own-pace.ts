/** After drawing, it rests so many times as long: what happens in a run never takes more than a quarter of the time. */
const rest = 3
/** A hidden tab gets no frames, but should not fall behind for ever. */
const hiddenMs = 250

export type NextFrame = (draw: () => void) => void

/** Frames for one who draws again and again: the more a drawing costs, the fewer there are, and the hand stays quick. */
export function ownPace(): NextFrame {
  let readyAt = 0
  const atFrame = (draw: () => void) => {
    const began = performance.now()
    draw()
    // React draws what it was told meanwhile in a microtask that is queued before this one.
    queueMicrotask(() => {
      const ended = performance.now()
      readyAt = ended + (ended - began) * rest
    })
  }
  const ask = (draw: () => void) => {
    if (document.hidden) setTimeout(draw, hiddenMs)
    else requestAnimationFrame(() => atFrame(draw))
  }
  return (draw) => {
    const waits = readyAt - performance.now()
    if (waits > 0) setTimeout(ask, waits, draw)
    else ask(draw)
  }
}
