import { indexOf } from '@/components/editor/graph/graph-index'
import type { Editor } from '@/components/editor/store/types'
import type { GraphNode } from '@/engine/graph/schema'
import { own } from '@/engine/json'
import { canRunAlone } from '@/engine/kind/spec'
import { specs } from '@/nodes/registry/specs'

/** The only selected node, if it is of a kind that can run by itself. */
function lonely({ store }: Editor): GraphNode | undefined {
  const { graph, selected } = store.getState()
  const [id, ...more] = selected
  const node = id === undefined || more.length > 0 ? undefined : indexOf(graph).byId.get(id)
  const spec = node && own(specs, node.kind)
  return spec !== undefined && canRunAlone(spec) ? node : undefined
}

export const canRunSelectedAlone = (editor: Editor): boolean => lonely(editor) !== undefined

/** To where the inspector asks for the values it is tried with: it costs money, so that starting it stays a press there. */
export function openAlone(editor: Editor): void {
  const node = lonely(editor)
  if (node !== undefined) editor.store.getState().show({ isInspectorOpen: true, wantedAlone: node.id })
}
