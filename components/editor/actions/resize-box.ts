import { change } from '@/components/editor/actions/commit'
import type { Size } from '@/components/editor/graph/geometry'
import { deriveFlow } from '@/components/editor/store/derive-flow'
import type { Editor } from '@/components/editor/store/types'

export function resizeBox(editor: Editor, id: string, { width, height }: Size): void {
  const size = { width: Math.round(width), height: Math.round(height) }
  change(editor, [{ type: 'set', node: id, options: { size } }], { label: 'Resize' })
  // It can't be smaller than what lies in it: then it jumps back to where it fits.
  editor.store.setState((state) => ({ flow: deriveFlow(state) }))
}
