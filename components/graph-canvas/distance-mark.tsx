'use client'
import { getViewportForBounds, useStore, useStoreApi } from '@xyflow/react'
import { useLayoutEffect, useRef } from 'react'
import { boundsOf, placesOf } from '@/components/editor/graph/geometry'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import type { Graph } from '@/engine/graph/schema'
import { useDetails } from './details-context'
import { drawDetails } from './draw-details'

/** From here on the words of a card can't be read. */
const farBelow = 0.3

/** Says at the canvas whether one is far away. What is shown then is mostly a matter of CSS: no card is drawn again. */
export function DistanceMark({ graph }: { graph: () => Graph }) {
  const mark = useRef<HTMLSpanElement>(null)
  const isFar = useStore(({ transform: [x, y, zoom] }) => (x === 0 && y === 0 && zoom === 1 ? null : zoom < farBelow))
  const details = useDetails()
  const flow = useStoreApi<FlowNode, FlowEdge>()
  const wasFar = useRef(false)
  useLayoutEffect(() => {
    const canvas = mark.current?.closest('.baton-canvas')
    if (!canvas) return
    // Before the view is at its place it is known where that will be: all cards would be laid out twice otherwise.
    const far = isFar ?? zoomToFit(canvas, graph()) < farBelow
    canvas.classList.toggle('is-far', far)
    wasFar.current ||= far
    if (far) return
    // What begins near is there at once.
    if (wasFar.current) return drawDetails(details, flow.getState)
    details.setState({ drawn: 'all' })
  }, [isFar, graph, details, flow])
  return <span ref={mark} hidden />
}

function zoomToFit({ clientWidth, clientHeight }: Element, graph: Graph): number {
  const bounds = boundsOf([...placesOf(graph).values()].map(({ absolute, size }) => ({ ...absolute, ...size })))
  return bounds === null ? 1 : getViewportForBounds(bounds, clientWidth, clientHeight, 0.1, 1, 0.13).zoom
}
