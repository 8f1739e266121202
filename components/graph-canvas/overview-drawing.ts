import type { Rect } from '@/components/editor/graph/geometry'

export type OverviewBlock = { group: string; rect: Rect }
export type OverviewDrawing = {
  /** What is seen of the canvas, in its own measures. */
  bounds: Rect
  /** All blocks of one group as one path. */
  paths: readonly { group: string; d: string }[]
}

/** A few paths instead of hundreds of elements: they are drawn again only when nodes have moved. */
export function drawOverview(blocks: readonly OverviewBlock[], size: { width: number; height: number }) {
  const all = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  const paths = new Map<string, string>()
  for (const { group, rect } of blocks) {
    const { x, y, width, height } = rect
    all.left = Math.min(all.left, x)
    all.top = Math.min(all.top, y)
    all.right = Math.max(all.right, x + width)
    all.bottom = Math.max(all.bottom, y + height)
    paths.set(group, `${paths.get(group) ?? ''}M${x} ${y}h${width}v${height}h${-width}z`)
  }
  const bounds = blocks.length === 0 ? { x: 0, y: 0, ...size } : widened(all, size)
  return { bounds, paths: [...paths].map(([group, d]) => ({ group, d })) } satisfies OverviewDrawing
}

type Sides = { left: number; top: number; right: number; bottom: number }

/** With some air around, in the shape of the overview. */
function widened({ left, top, right, bottom }: Sides, size: { width: number; height: number }): Rect {
  const scale = Math.max((right - left) / size.width, (bottom - top) / size.height) * 1.16
  const width = size.width * scale
  const height = size.height * scale
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height }
}

export type View = { x: number; y: number; zoom: number; width: number; height: number }

/** Where in the overview what is seen on the canvas lies. */
export function frameOf(bounds: Rect, view: View, size: { width: number; height: number }): Rect {
  const scale = size.width / bounds.width
  return {
    x: (-view.x / view.zoom - bounds.x) * scale,
    y: (-view.y / view.zoom - bounds.y) * scale,
    width: (view.width / view.zoom) * scale,
    height: (view.height / view.zoom) * scale,
  }
}
