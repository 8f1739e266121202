import { editsBetween } from '@/components/editor/graph/edits-between'
import type { Base, EditorStore } from '@/components/editor/store/types'
import { sameJson } from '@/engine/same-json'

/** Makes the draft like another one, as a step that can be undone. */
export function become(store: EditorStore, { graph, pins }: Omit<Base, 'revision'>, label: string): void {
  const now = store.getState()
  const edits = editsBetween(now.graph, graph)
  const isPinned = !sameJson(now.pins, pins)
  if (edits.length > 0 || isPinned) now.commit({ type: 'batch', edits }, { label, ...(isPinned && { pins }) })
}

/** What the server has is what one sees from now on. */
export function takeOver(store: EditorStore, theirs: Base, label: string): void {
  become(store, theirs, label)
  store.setState(({ graph, pins }) => ({
    base: { revision: theirs.revision, graph, pins },
    saving: { status: 'saved' },
  }))
}
