type Rect = { left: number; top: number; width: number; height: number }
type Size = { width: number; height: number }

const gap = 12
const margin = 8

/** Below what is explained, else above it, else beside it: never over it as long as there is room anywhere. */
export function placeBeside(target: Rect, card: Size, screen: Size): { left: number; top: number } {
  const right = target.left + target.width
  const bottom = target.top + target.height
  const within = (at: number, size: number, room: number) => Math.max(margin, Math.min(at, room - size - margin))
  const left = within(target.left + target.width / 2 - card.width / 2, card.width, screen.width)
  const top = within(target.top, card.height, screen.height)
  if (bottom + gap + card.height + margin <= screen.height) return { left, top: bottom + gap }
  if (target.top - gap - card.height >= margin) return { left, top: target.top - gap - card.height }
  if (right + gap + card.width + margin <= screen.width) return { left: right + gap, top }
  if (target.left - gap - card.width >= margin) return { left: target.left - gap - card.width, top }
  return { left, top: screen.height - card.height - margin }
}
