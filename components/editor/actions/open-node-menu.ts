import type { Editor } from '@/components/editor/store/types'

type Asked = Pick<MouseEvent, 'clientX' | 'clientY' | 'preventDefault'>

/** A right click, or the menu key: about the whole selection when the node is part of it, else about this node alone. */
export function openNodeMenu(editor: Editor, event: Asked, id: string): void {
  event.preventDefault()
  const { selected, select, show } = editor.store.getState()
  if (!selected.has(id)) select([id])
  show({ nodeMenu: { screen: { x: event.clientX, y: event.clientY } } })
}

export function openEdgeMenu(editor: Editor, event: Asked, id: string): void {
  event.preventDefault()
  const { select, show } = editor.store.getState()
  select([], [id])
  show({ nodeMenu: { screen: { x: event.clientX, y: event.clientY } } })
}
