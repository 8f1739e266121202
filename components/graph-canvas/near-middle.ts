import type { Point, Rect, Size } from '@/components/editor/graph/geometry'

export type View = Size & Point & { zoom: number }
export type Card = { id: string; rect: Rect }

/** The cards that are nearest to the middle of what is seen, those that are seen before all others. */
export function nearMiddle(cards: readonly Card[], view: View, count: number): string[] {
  const middle = { x: (view.width / 2 - view.x) / view.zoom, y: (view.height / 2 - view.y) / view.zoom }
  const reach = { x: view.width / 2 / view.zoom, y: view.height / 2 / view.zoom }
  return cards
    .map(({ id, rect }) => {
      const away = {
        x: Math.abs(rect.x + rect.width / 2 - middle.x),
        y: Math.abs(rect.y + rect.height / 2 - middle.y),
      }
      const isSeen = away.x < reach.x + rect.width / 2 && away.y < reach.y + rect.height / 2
      return { id, isSeen, away: Math.hypot(away.x, away.y) }
    })
    .sort((a, b) => Number(b.isSeen) - Number(a.isSeen) || a.away - b.away)
    .slice(0, count)
    .map(({ id }) => id)
}
