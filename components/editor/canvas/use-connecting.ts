'use client'
import { type Connection, type FinalConnectionState, type OnConnectStartParams, useReactFlow } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { connectNodes, disconnect, reconnect } from '@/components/editor/actions/connect-nodes'
import { type Hand, holdHand } from '@/components/editor/canvas/hold-hand'
import { pointOf } from '@/components/editor/canvas/use-dragging'
import { freePort, type LooseEnd, validEnds, whyNoEnd } from '@/components/editor/graph/connecting'
import { makeEdge } from '@/components/editor/graph/edge-id'
import { boxAt, card, type Point } from '@/components/editor/graph/geometry'
import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { isBox } from '@/components/editor/graph/kinds'
import { useEditor } from '@/components/editor/store/context'
import type { Editor, FlowEdge } from '@/components/editor/store/types'
import type { GraphEdge } from '@/engine/graph/schema'

/** A connection in the hand: where it may end shows, on a node it connects, on nothing it asks what comes next. */
export function useConnecting() {
  const editor = useEditor()
  const { screenToFlowPosition } = useReactFlow()
  const { handlers, release } = useMemo(() => {
    const { store } = editor
    let hand: Hand | null = null
    const release = () => {
      hand?.release()
      hand = null
    }
    const show = (end: LooseEnd) => {
      const { graph, setDrag } = store.getState()
      setDrag({ connecting: { ...end, valid: validEnds(graph, end) } })
    }
    let reconnected = true
    const handlers = {
      onConnectStart: (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
        release()
        hand = holdHand({ onLost: moveAway })
        if (nodeId !== null) show({ node: nodeId, port: handleId ?? 'out', side: handleType ?? 'source' })
      },
      isValidConnection: (connection: Connection | FlowEdge) => isValid(editor, connection),
      onConnect: (connection: Connection) => void connectNodes(editor, edgeOf(connection)),
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        const { connecting, setDrag } = store.getState()
        const isLost = hand?.isLost() === true
        // An edge that was taken by one end is told of it after this.
        if (reconnected) release()
        setDrag({ connecting: null })
        if (isLost || connecting === null || state.isValid === true || state.toHandle !== null) return
        const screen = pointOf(event)
        if (!connectToBody(editor, connecting, screen))
          askForNext(editor, connecting, screen, screenToFlowPosition(screen))
      },
      onReconnectStart: () => {
        reconnected = false
      },
      onReconnect: (edge: FlowEdge, connection: Connection) => {
        reconnected = true
        if (edge.data !== undefined) reconnect(editor, edge.data.edge, edgeOf(connection))
      },
      onReconnectEnd: (_event: unknown, edge: FlowEdge) => {
        store.getState().setDrag({ connecting: null })
        const isLost = hand?.isLost() === true
        release()
        if (!reconnected && !isLost && edge.data !== undefined) disconnect(editor, edge.data.edge)
        reconnected = true
        store.getState().show({ menu: null })
      },
    }
    return { handlers, release }
  }, [editor, screenToFlowPosition])
  useEffect(() => release, [release])
  return handlers
}

/** Where nothing is to be connected to. */
const moveAway = () =>
  document.dispatchEvent(
    new MouseEvent('mousemove', { view: window, bubbles: true, clientX: -10_000, clientY: -10_000 }),
  )

const edgeOf = ({ source, sourceHandle, target }: Connection | FlowEdge): GraphEdge =>
  makeEdge(source, sourceHandle ?? 'out', target)

function isValid(editor: Editor, connection: Connection | FlowEdge): boolean {
  const { connecting, graph } = editor.store.getState()
  if (connecting !== null) {
    const other = connecting.side === 'source' ? connection.target : connection.source
    const own = connecting.side === 'source' ? connection.source : connection.target
    if (own === connecting.node) return connecting.valid.has(other)
  }
  const end: LooseEnd = { node: connection.source, port: connection.sourceHandle ?? 'out', side: 'source' }
  return validEnds(graph, end).has(connection.target)
}

/** One need not hit the dot: the node is enough. */
function connectToBody(editor: Editor, end: LooseEnd & { valid: ReadonlySet<string> }, screen: Point): boolean {
  const id = nodeBelow(screen)
  if (id === null || id === end.node) return id !== null
  if (!end.valid.has(id)) {
    const { graph } = editor.store.getState()
    const isBeside = parentOf(graph, id) === parentOf(graph, end.node)
    // A box is also the ground that other nodes lie on.
    if (!isBeside && isBox(indexOf(graph).byId.get(id)?.kind ?? '')) return false
    editor.say(whyNoEnd(graph, end, id), 'failed')
    return true
  }
  if (end.side === 'source') return connectNodes(editor, makeEdge(end.node, end.port, id))
  const port = freePort(editor.store.getState().graph, id, end.node)
  return port !== null && connectNodes(editor, makeEdge(id, port, end.node))
}

function nodeBelow({ x, y }: Point): string | null {
  const element = document.elementFromPoint(x, y)?.closest('.react-flow__node')
  return element?.getAttribute('data-id') ?? null
}

function askForNext(editor: Editor, end: LooseEnd, screen: Point, at: Point): void {
  const { graph, show } = editor.store.getState()
  const parent = parentOf(graph, end.node)
  // Edges stay within a box; over another one, the new node would not be reached.
  if (boxAt(graph, at, new Set()) !== parent) return
  const left = end.side === 'source' ? at.x : at.x - card.width
  const { node, port, side } = end
  show({
    menu: {
      screen,
      at: { x: left, y: at.y - card.height / 2 },
      parent,
      purpose: { type: 'connect', end: { node, port, side } },
    },
  })
}
