import { placeForNew } from '@/components/editor/actions/add-node'
import { edgeId } from '@/components/editor/graph/edge-id'
import { boxAt, card, centreOf, placesOf, rectOf } from '@/components/editor/graph/geometry'
import { parentOf } from '@/components/editor/graph/graph-index'
import type { Editor } from '@/components/editor/store/types'

/** `/`: behind the selected node and connected with it; else where the pointer is; else in the middle. */
export function openAddMenu(editor: Editor): void {
  const { graph, selected, show } = editor.store.getState()
  const view = editor.canvas.current
  if (view === null) return
  const pointer = view.pointer()
  if (selected.size !== 1 && pointer !== null) {
    const at = view.toCanvas(pointer)
    const corner = { x: at.x - card.width / 2, y: at.y - card.height / 2 }
    show({ menu: { screen: pointer, at: corner, parent: boxAt(graph, at, new Set()), purpose: { type: 'free' } } })
    return
  }
  const { at, parent, purpose } = placeForNew(editor, 'agent')
  const [id] = selected
  const place = id === undefined ? undefined : placesOf(graph).get(id)
  const anchor = place === undefined ? view.middle() : { x: place.absolute.x + place.size.width, y: place.absolute.y }
  show({ menu: { screen: view.toScreen(anchor), at, parent, purpose } })
}

/** In the middle of the selected edge. */
export function openInsertMenu(editor: Editor): void {
  const { graph, selectedEdges, show } = editor.store.getState()
  const view = editor.canvas.current
  const edge = graph.edges.find((each) => selectedEdges.has(edgeId(each)))
  const [from, to] = [rectOf(graph, edge?.source ?? ''), rectOf(graph, edge?.target ?? '')]
  if (view === null || edge === undefined || from === null || to === null) return
  const [a, b] = [centreOf(from), centreOf(to)]
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const at = { x: middle.x - card.width / 2, y: middle.y - card.height / 2 }
  const parent = parentOf(graph, edge.source)
  show({ menu: { screen: view.toScreen(middle), at, parent, purpose: { type: 'insert', edge } } })
}
