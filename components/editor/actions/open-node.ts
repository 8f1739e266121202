import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote } from '@/components/editor/graph/kinds'
import type { Editor } from '@/components/editor/store/types'

/** Enter or a double click: a note is written in where it stands, everything else opens in the inspector. */
export function openNode(editor: Editor, id: string): void {
  const { graph, select, show } = editor.store.getState()
  const node = indexOf(graph).byId.get(id)
  if (node === undefined) return
  select([id])
  if (isNote(node.kind)) {
    show({ writing: id })
    return
  }
  show({ isInspectorOpen: true })
  focusFirstField(60)
}

/** The inspector may be drawn only in the next frame, and the first time its code may have to come first. */
function focusFirstField(frames: number): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector('[data-inspector]')
    const fields = 'input:not([type=hidden]), textarea, select, [contenteditable=true]'
    const first = panel?.querySelector<HTMLElement>(fields)
    if (first) first.focus()
    else if (frames > 0) focusFirstField(frames - 1)
  })
}
