'use client'
import type { KeyboardEvent } from 'react'
import { inspectNode } from '@/components/editor/parts'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { Part } from '@/components/ui/later'

/** At the right; on a phone a sheet from below. There is only something to see while one node is selected. */
export function InspectorPanel() {
  const id = useEditorState(({ selected, isInspectorOpen }) =>
    isInspectorOpen && selected.size === 1 ? ([...selected][0] ?? null) : null,
  )
  const { canvas } = useEditor()
  if (id === null) return null
  // Back to the node: what was opened with Enter is left with Escape.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    canvas.current?.focusNode(id)
  }
  return (
    <aside
      aria-label="Inspector"
      data-inspector
      onKeyDown={onKeyDown}
      className="bg-surface border-line shadow-float fixed inset-x-0 bottom-0 z-20 max-h-[60dvh] overflow-auto rounded-t-card border-t md:relative md:inset-auto md:max-h-none md:w-[340px] md:shrink-0 md:rounded-none md:border-t-0 md:border-l md:shadow-none"
    >
      <Part of={inspectNode} with={{ id }} />
    </aside>
  )
}
