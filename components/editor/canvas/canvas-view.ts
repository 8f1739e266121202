import type { ReactFlowInstance } from '@xyflow/react'
import { card, type Point } from '@/components/editor/graph/geometry'
import type { CanvasView, FlowEdge, FlowNode } from '@/components/editor/store/types'

type Instance = ReactFlowInstance<FlowNode, FlowEdge>

const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches
export const glide = (ms: number): { duration: number } => ({ duration: isStill() ? 0 : ms })

/** The canvas as the actions see it. */
export function canvasView(element: HTMLElement, flow: Instance, pointer: { current: Point | null }): CanvasView {
  const size = () => ({ width: element.clientWidth, height: element.clientHeight })
  return {
    fit: (nodes) =>
      void flow.fitView({
        ...glide(200),
        padding: 0.14,
        maxZoom: 1,
        ...(nodes !== undefined && { nodes: nodes.map((id) => ({ id })) }),
      }),
    toCanvas: (screen) => flow.screenToFlowPosition(screen),
    toScreen: (at) => flow.flowToScreenPosition(at),
    middle: () => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 })
    },
    size,
    pointer: () => pointer.current,
    focusNode: (id) => {
      const seek = () => element.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
      const found = seek()
      if (found) found.focus({ preventScroll: true })
      // It was just added: it is drawn with the next frame.
      else requestAnimationFrame(() => seek()?.focus({ preventScroll: true }))
    },
    focus: () => element.focus({ preventScroll: true }),
    zoom: (direction) => void (direction === 'in' ? flow.zoomIn(glide(140)) : flow.zoomOut(glide(140))),
  }
}

/** A node that was added by a click is centred where it was asked for. */
export const around = ({ x, y }: Point): Point => ({ x: x - card.width / 2, y: y - card.height / 2 })
