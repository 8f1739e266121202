import type { ReactFlowInstance } from '@xyflow/react'
import { card, type Point } from '@/components/editor/graph/geometry'
import type { CanvasView, FlowEdge, FlowNode } from '@/components/editor/store/types'

type Instance = ReactFlowInstance<FlowNode, FlowEdge>

const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches
export const glide = (ms: number): { duration: number } => ({ duration: isStill() ? 0 : ms })

export const zooms = { min: 0.1, max: 2 } as const

/** The canvas as the actions see it. */
export function canvasView(element: HTMLElement, flow: Instance, pointer: { current: Point | null }): CanvasView {
  // While the view is on its way to something, nothing else pulls at it.
  let glidingUntil = 0
  let zoomingUntil = 0
  let zoomingTo = 1
  const show = (id: string) => {
    if (performance.now() > glidingUntil) reveal(element, flow, id)
  }
  const size = () => ({ width: element.clientWidth, height: element.clientHeight })
  return {
    fit: (nodes) => {
      glidingUntil = performance.now() + 320
      // By then a panel that opens with it has taken its room.
      requestAnimationFrame(() => {
        void flow.fitView({
          ...glide(200),
          padding: 0.14,
          maxZoom: 1,
          ...(nodes !== undefined && { nodes: nodes.map((id) => ({ id })) }),
        })
      })
    },
    toCanvas: (screen) => flow.screenToFlowPosition(screen),
    toScreen: (at) => flow.flowToScreenPosition(at),
    middle: () => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 })
    },
    size,
    pointer: () => pointer.current,
    reveal: show,
    focusNode: (id) => {
      const seek = () => element.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
      const take = () => {
        seek()?.focus({ preventScroll: true })
        show(id)
      }
      // One that was just added is drawn with the next frame.
      if (seek()) take()
      else requestAnimationFrame(take)
    },
    focus: () => element.focus({ preventScroll: true }),
    zoomLevel: () => flow.getZoom(),
    zoom: (direction) => {
      // Pressed again on the way: from where it leads, not from where the view happens to be.
      const from = performance.now() < zoomingUntil ? zoomingTo : flow.getZoom()
      zoomingTo = Math.min(zooms.max, Math.max(zooms.min, direction === 'in' ? from * 1.2 : from / 1.2))
      zoomingUntil = performance.now() + 140
      void flow.zoomTo(zoomingTo, glide(140))
    },
  }
}

/** A node that was added by a click is centred where it was asked for. */
export const around = ({ x, y }: Point): Point => ({ x: x - card.width / 2, y: y - card.height / 2 })

const margin = 32

/** Moves the canvas as little as it takes to see the whole node. */
function reveal(element: HTMLElement, flow: Instance, id: string): void {
  const node = flow.getInternalNode(id)
  if (node === undefined) return
  const { x, y, zoom } = flow.getViewport()
  const at = node.internals.positionAbsolute
  const across = shift(at.x * zoom + x, (node.measured.width ?? card.width) * zoom, element.clientWidth)
  const down = shift(at.y * zoom + y, (node.measured.height ?? card.height) * zoom, element.clientHeight)
  if (across !== 0 || down !== 0) void flow.setViewport({ x: x + across, y: y + down, zoom }, glide(180))
}

function shift(from: number, length: number, room: number): number {
  const end = from + length
  if (from >= 0 && end <= room) return 0
  // What doesn't fit shows its beginning.
  if (from < 0 || length > room - margin * 2) return margin - from
  return room - margin - end
}
