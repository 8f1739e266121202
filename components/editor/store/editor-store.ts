import { createStore } from 'zustand/vanilla'
import { deriveFlow } from '@/components/editor/store/derive-flow'
import { graphSlice } from '@/components/editor/store/graph-slice'
import { dragSlice, problemsSlice, savingSlice, selectionSlice, viewSlice } from '@/components/editor/store/slices'
import type { Base, EditorState, EditorStore } from '@/components/editor/store/types'

/** The state of one open workflow. */
export function createEditorStore(base: Base): EditorStore {
  const store = createStore<EditorState>()((...api) => ({
    ...graphSlice(base.graph, base.pins)(...api),
    ...selectionSlice(...api),
    ...viewSlice(...api),
    ...problemsSlice(...api),
    ...dragSlice(...api),
    ...savingSlice(base)(...api),
  }))
  store.setState((state) => ({ flow: deriveFlow(state) }))
  store.subscribe((state, before) => {
    if (state.graph !== before.graph) dropGone(store)
    const isStale =
      state.graph !== before.graph ||
      state.pins !== before.pins ||
      state.problems !== before.problems ||
      state.selected !== before.selected ||
      state.selectedEdges !== before.selectedEdges
    if (isStale) store.setState((now) => ({ flow: deriveFlow(now) }))
  })
  return store
}

/** What isn't there any more is not selected either. */
function dropGone(store: EditorStore): void {
  const { graph, selected, selectedEdges, select } = store.getState()
  if (selected.size === 0 && selectedEdges.size === 0) return
  const there = new Set(graph.nodes.map(({ id }) => id))
  select(
    [...selected].filter((id) => there.has(id)),
    selectedEdges,
  )
}
