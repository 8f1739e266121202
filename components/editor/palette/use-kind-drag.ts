'use client'
import { type PointerEvent, useState } from 'react'
import { addNode } from '@/components/editor/actions/add-node'
import { edgeBelow } from '@/components/editor/canvas/edge-below'
import { boxAt, card, type Point } from '@/components/editor/graph/geometry'
import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { mayLieIn, takesEdges } from '@/components/editor/graph/kinds'
import { useEditor } from '@/components/editor/store/context'
import type { AddPurpose, Editor } from '@/components/editor/store/types'

type Dragged = Point & { kind: string }

/** A kind in the hand, on its way from the palette to the canvas, with mouse, pen or finger. */
export function useKindDrag() {
  const editor = useEditor()
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const start = (kind: string) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    const button = event.currentTarget
    const from = { x: event.clientX, y: event.clientY }
    const life = new AbortController()
    let isDragging = false
    const move = ({ clientX: x, clientY: y }: globalThis.PointerEvent) => {
      isDragging ||= Math.hypot(x - from.x, y - from.y) > 5
      if (!isDragging) return
      setDragged({ kind, x, y })
      aim(editor, kind, { x, y })
    }
    const end = (drop: Point | null) => {
      life.abort()
      setDragged(null)
      const { overEdge, setDrag, flow } = editor.store.getState()
      setDrag({ over: undefined, overRefused: false, overEdge: null })
      if (!isDragging) return
      // The click that follows the drag means nothing.
      button.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => button.removeEventListener('click', swallow, { capture: true }), 0)
      const edge = flow.edges.find(({ id }) => id === overEdge)?.data?.edge
      if (drop !== null) put(editor, kind, drop, edge === undefined ? { type: 'free' } : { type: 'insert', edge })
    }
    const { signal } = life
    window.addEventListener('pointermove', move, { signal })
    window.addEventListener('pointerup', ({ clientX: x, clientY: y }) => end({ x, y }), { signal })
    window.addEventListener('pointercancel', () => end(null), { signal })
    window.addEventListener('keydown', ({ key }) => key === 'Escape' && end(null), { signal })
  }
  return { dragged, start }
}

const swallow = (event: Event) => {
  event.stopPropagation()
  event.preventDefault()
}

const isOverCanvas = ({ x, y }: Point): boolean =>
  document.elementsFromPoint(x, y).some((element) => element.classList.contains('baton-canvas'))

function aim(editor: Editor, kind: string, screen: Point): void {
  const { graph, setDrag } = editor.store.getState()
  const view = editor.canvas.current
  if (view === null || !isOverCanvas(screen)) {
    setDrag({ over: undefined, overRefused: false, overEdge: null })
    return
  }
  const at = view.toCanvas(screen)
  const over = boxAt(graph, at, new Set())
  const below = takesEdges(kind) ? edgeBelow(editor, at) : null
  const isHere = below !== null && parentOf(graph, below.edge.source) === over
  setDrag({ over, overRefused: !fits(editor, kind, over), overEdge: isHere ? below.id : null })
}

function fits(editor: Editor, kind: string, box: string | null): boolean {
  const { byId } = indexOf(editor.store.getState().graph)
  return mayLieIn(kind, box === null ? null : (byId.get(box)?.kind ?? null))
}

function put(editor: Editor, kind: string, screen: Point, purpose: AddPurpose): void {
  const view = editor.canvas.current
  if (view === null || !isOverCanvas(screen)) return
  const at = view.toCanvas(screen)
  const parent = boxAt(editor.store.getState().graph, at, new Set())
  const id = addNode(editor, { kind, at: { x: at.x - card.width / 2, y: at.y - card.height / 2 }, parent, purpose })
  if (id !== null) view.focusNode(id)
}
