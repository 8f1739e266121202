'use client'
import './overview.css'
import { type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { specOf } from '@/components/editor/graph/kinds'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import { drawOverview, frameOf, type OverviewBlock, type OverviewDrawing } from './overview-drawing'

type State = ReactFlowState<FlowNode, FlowEdge>

const size = { width: 168, height: 112 } as const
/** While something is moved the drawing may be a little behind. */
const drawnEveryMs = 250
const none: ReadonlySet<string> = new Set()

/**
 * The whole graph in small, bottom right; a press goes there. React Flow's own draws hundreds of elements again whenever
 * something moves, which was a quarter of a frame; here only the frame moves with the view. `pale` is what does not count.
 */
export function Overview({ pale = none }: { pale?: ReadonlySet<string> }) {
  const store = useStoreApi<FlowNode, FlowEdge>()
  const flow = useReactFlow()
  const [drawing, setDrawing] = useState(() => draw(store.getState(), pale))
  const frame = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const leave = store.subscribe(({ nodes }, before) => {
      if (nodes === before.nodes) return
      timer ??= setTimeout(() => {
        timer = null
        setDrawing(draw(store.getState(), pale))
      }, drawnEveryMs)
    })
    setDrawing(draw(store.getState(), pale))
    return () => {
      leave()
      if (timer !== null) clearTimeout(timer)
    }
  }, [store, pale])
  useEffect(() => {
    const put = (state: State) => frame.current && putFrame(frame.current, drawing, state)
    put(store.getState())
    return store.subscribe((state, before) => {
      const isMoved = state.transform !== before.transform
      if (isMoved || state.width !== before.width || state.height !== before.height) put(state)
    })
  }, [store, drawing])
  useEffect(() => {
    const element = place.current
    const zoom = (event: WheelEvent) => {
      event.preventDefault()
      void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * 0.002))
    }
    element?.addEventListener('wheel', zoom, { passive: false })
    return () => element?.removeEventListener('wheel', zoom)
  }, [flow])

  const { x, y, width, height } = drawing.bounds
  const goTo = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect()
    const scale = width / size.width
    void flow.setCenter(x + (clientX - left) * scale, y + (clientY - top) * scale, { zoom: flow.getZoom() })
  }
  return (
    <div
      ref={place}
      role="img"
      aria-label="Overview"
      className="overview"
      style={{ ...size, ...(drawing.paths.length === 0 && { visibility: 'hidden' }) }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        goTo(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event)
      }}
    >
      <svg aria-hidden {...size} viewBox={`${x} ${y} ${width} ${height}`}>
        {drawing.paths.map(({ group, d }) => (
          <path key={group} d={d} className={group} />
        ))}
      </svg>
      <div ref={frame} className="overview-frame" />
    </div>
  )
}

function putFrame({ style }: HTMLElement, { bounds }: OverviewDrawing, state: State): void {
  const [x, y, zoom] = state.transform
  const frame = frameOf(bounds, { x, y, zoom, width: state.width, height: state.height }, size)
  style.transform = `translate(${frame.x}px, ${frame.y}px)`
  style.width = `${frame.width}px`
  style.height = `${frame.height}px`
}

function draw({ nodeLookup }: State, pale: ReadonlySet<string>): OverviewDrawing {
  const blocks: OverviewBlock[] = []
  for (const { id, type, data, internals, measured } of nodeLookup.values()) {
    const { width = 0, height = 0 } = measured
    const family = specOf(data.node.kind)?.family ?? 'ends'
    const shape = `overview-${type === 'box' ? 'box' : 'card'}`
    const group = pale.has(id) ? `${shape} is-pale` : `family-${family} ${shape}`
    blocks.push({ group, rect: { ...internals.positionAbsolute, width, height } })
  }
  return drawOverview(blocks, size)
}
