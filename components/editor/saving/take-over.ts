import { editsBetween } from '@/components/editor/graph/edits-between'
import type { Base, EditorStore } from '@/components/editor/store/types'
import type { Graph } from '@/engine/graph/schema'

/** Makes the graph like another one, as a step that can be undone. */
export function become(store: EditorStore, graph: Graph, label: string): void {
  const edits = editsBetween(store.getState().graph, graph)
  if (edits.length > 0) store.getState().commit({ type: 'batch', edits }, { label })
}

/** What the server has is what one sees from now on. */
export function takeOver(store: EditorStore, theirs: Base, label: string): void {
  become(store, theirs.graph, label)
  store.setState(({ graph }) => ({ base: { revision: theirs.revision, graph }, saving: { status: 'saved' } }))
}
