export type Hand = { isLost: () => boolean; release: () => void }

/**
 * A drag can end in other ways than by letting go: Escape, another window in front, a finger that the browser takes for
 * its own gesture, a mouse let go where the page doesn't hear of it. Then nothing has been moved.
 */
export function holdHand({ onGone = nothing, onLost = nothing }: { onGone?: () => void; onLost?: () => void }): Hand {
  const listening = new AbortController()
  let isLost = false
  const lose = () => {
    isLost = true
    listening.abort()
    onLost()
    // A drag with the mouse hears of nothing else. One with a finger goes on, for nothing, until the finger is lifted.
    document.dispatchEvent(new MouseEvent('mouseup', { view: window, bubbles: true }))
  }
  const onKey = (event: KeyboardEvent) => {
    // What lies in the hand is not to be deleted, undone or nudged meanwhile.
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') lose()
  }
  const onMove = ({ buttons, pointerType }: PointerEvent) => {
    if (buttons === 0 && pointerType !== 'touch') lose()
  }
  // Nobody says so when what was dragged has been taken away from below the hand.
  const onUp = () => setTimeout(() => listening.signal.aborted || onGone())
  const options = { capture: true, signal: listening.signal }
  window.addEventListener('keydown', onKey, options)
  // Not the mouse's own events: those end at whoever moves the nodes.
  window.addEventListener('pointermove', onMove, options)
  window.addEventListener('pointerup', onUp, options)
  window.addEventListener('pointercancel', lose, options)
  window.addEventListener('blur', lose, { signal: listening.signal })
  return { isLost: () => isLost, release: () => listening.abort() }
}

const nothing = () => {}
