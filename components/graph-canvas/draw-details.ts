import type { ReactFlowState } from '@xyflow/react'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import type { Details } from './details-context'
import { type Card, nearMiddle } from './near-middle'

/** So many can be drawn in a frame beside a hand that zooms on; five hundred at once took almost half a second. */
const inFrame = 16

type State = ReactFlowState<FlowNode, FlowEdge>

/** Draws what stands on the cards, a few in every frame, from the middle of the view outwards. The answer stops it. */
export function drawDetails(details: Details, state: () => State): () => void {
  let frame = 0
  const draw = () => {
    const { drawn } = details.getState()
    if (drawn === 'all') return
    const left = cardsOf(state()).filter(({ id }) => !drawn.has(id))
    if (left.length <= inFrame) return details.setState({ drawn: 'all' })
    const { transform, width, height } = state()
    const [x, y, zoom] = transform
    const next = nearMiddle(left, { x, y, zoom, width, height }, inFrame)
    details.setState({ drawn: new Set([...drawn, ...next]) })
    frame = requestAnimationFrame(draw)
  }
  draw()
  return () => cancelAnimationFrame(frame)
}

const cardsOf = ({ nodeLookup }: State): Card[] =>
  [...nodeLookup.values()].flatMap(({ id, type, internals, measured: { width = 0, height = 0 } }) =>
    type === 'card' ? [{ id, rect: { ...internals.positionAbsolute, width, height } }] : [],
  )
