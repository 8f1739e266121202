'use client'
import { useEffect } from 'react'
import { actions } from '@/components/editor/commands/actions'
import { isPressed } from '@/components/editor/commands/keys'
import { useEditor } from '@/components/editor/store/context'
import { isField } from '@/components/ui/is-field'

/** Work everywhere on the page, as long as nobody is typing and nothing lies over it. */
export function useShortcuts() {
  const editor = useEditor()
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const { dialog, menu, nodeMenu, show } = editor.store.getState()
      const isOver = document.querySelector('dialog[open]') !== null
      // One that can't be loaded without the network is not waited for.
      if (dialog !== null && !isOver && event.key === 'Escape') show({ dialog: null })
      if (dialog !== null || menu !== null || nodeMenu !== null || isOver) return
      const action = actions.find(({ keys }) => keys.some((shortcut) => isPressed(event, shortcut)))
      if (action === undefined) return
      const isMod = event.ctrlKey || event.metaKey
      const isTyping = isField(event.target)
      // In a field only those go through that mean nothing there.
      if (isTyping && !(isMod && ['commands', 'find', 'save', 'run'].includes(action.id))) return
      if (isPlainKey(event) && isControl(event.target)) return
      if (!isMod && isBesideCanvas(event.target)) return
      event.preventDefault()
      action.run(editor)
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [editor])
}

/** Enter on a button presses the button, arrows in a list move in the list. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, [role=tab], [role=option], summary, input') !== null

/** What stands in a panel is not what is selected on the canvas: there a letter or Delete means nothing. */
const isBesideCanvas = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-inspector]') !== null

const isPlainKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && (key === 'Enter' || key.startsWith('Arrow'))
