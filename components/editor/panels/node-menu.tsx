'use client'
import { CirclePlay, Copy, Crosshair, PenLine, Play, Plus, Spline, Trash2, Users } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { type Action, actions } from '@/components/editor/commands/actions'
import { isMac, showKeys } from '@/components/editor/commands/keys'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Editor, NodeMenu as Menu } from '@/components/editor/store/types'
import { cx } from '@/components/ui/cx'

type Entry = readonly [id: string, icon: ReactNode, offered: 'one' | 'nodes' | 'edge' | 'any', title?: string]

const entries: readonly (readonly Entry[])[] = [
  [
    ['open', <PenLine key="open" size={15} aria-hidden />, 'one', 'Open'],
    ['add', <Plus key="add" size={15} aria-hidden />, 'one', 'Add a node behind it…'],
    ['connect', <Spline key="connect" size={15} aria-hidden />, 'one', 'Connect…'],
    ['insert', <Plus key="insert" size={15} aria-hidden />, 'edge', 'Insert a node…'],
  ],
  [
    ['duplicate', <Copy key="duplicate" size={15} aria-hidden />, 'nodes'],
    ['group', <Users key="group" size={15} aria-hidden />, 'nodes'],
    ['fit-selection', <Crosshair key="fit" size={15} aria-hidden />, 'nodes'],
  ],
  [
    ['run-alone', <CirclePlay key="run-alone" size={15} aria-hidden />, 'one', 'Run alone…'],
    ['run', <Play key="run" size={15} aria-hidden />, 'nodes', 'Run the workflow'],
  ],
  [['delete', <Trash2 key="delete" size={15} aria-hidden />, 'any']],
]

/** What can be done with the node or edge under the pointer, or with all nodes that are selected. */
export function NodeMenu() {
  const menu = useEditorState((state) => state.nodeMenu)
  return menu === null ? null : <OpenMenu key={`${menu.screen.x} ${menu.screen.y}`} menu={menu} />
}

const size = { width: 232, height: 352 }

function OpenMenu({ menu: { screen } }: { menu: Menu }) {
  const editor = useEditor()
  const element = useRef<HTMLDivElement>(null)
  const count = useEditorState(({ selected }) => selected.size)
  const isEdge = useEditorState(({ selected, selectedEdges }) => selected.size === 0 && selectedEdges.size === 1)
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true })
    const close = () => editor.store.getState().show({ nodeMenu: null })
    const hear = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) close()
    }
    window.addEventListener('pointerdown', hear, { capture: true })
    window.addEventListener('wheel', close, { capture: true, passive: true })
    return () => {
      window.removeEventListener('pointerdown', hear, { capture: true })
      window.removeEventListener('wheel', close, { capture: true })
    }
  }, [editor])
  if (count === 0 && !isEdge) return null
  const close = () => {
    const [id, ...more] = editor.store.getState().selected
    editor.store.getState().show({ nodeMenu: null })
    // A node that gets the focus by key is selected alone.
    if (id !== undefined && more.length === 0) editor.canvas.current?.focusNode(id)
    else editor.canvas.current?.focus()
  }
  const choose = (action: Action) => {
    close()
    action.run(editor)
  }
  return (
    <div
      ref={element}
      role="menu"
      tabIndex={-1}
      aria-label={isEdge ? 'This edge' : count === 1 ? 'This node' : `${count} nodes`}
      onKeyDown={(event) => move(event, element.current, close)}
      onContextMenu={(event) => event.preventDefault()}
      className="bg-surface border-line shadow-float rounded-card animate-arrive fixed z-40 border p-1 text-sm"
      style={{
        width: size.width,
        left: Math.max(8, Math.min(screen.x, window.innerWidth - size.width - 8)),
        top: Math.max(8, Math.min(screen.y, window.innerHeight - size.height - 8)),
      }}
    >
      {offeredTo(editor, isEdge ? 'edge' : count === 1 ? 'one' : 'many').map((group) => (
        <div key={group[0]?.[0]} className="not-first:border-line not-first:mt-1 not-first:border-t not-first:pt-1">
          {group.map((entry) => (
            <Item key={entry[0]} entry={entry} onChoose={choose} />
          ))}
        </div>
      ))}
    </div>
  )
}

const offeredTo = (editor: Editor, what: 'edge' | 'one' | 'many') =>
  entries
    .map((group) =>
      group.filter(([id, , offered]) => {
        const fits = offered === 'any' || offered === what || (offered === 'nodes' && what !== 'edge')
        return fits && actionOf(id)?.isOffered?.(editor) !== false
      }),
    )
    .filter(({ length }) => length > 0)

const actionOf = (id: string): Action | undefined => actions.find((action) => action.id === id)

function Item({ entry: [id, icon, , title], onChoose }: { entry: Entry; onChoose: (action: Action) => void }) {
  const action = actionOf(id)
  if (action === undefined) return null
  const [key] = action.keys
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={() => onChoose(action)}
      className={cx(
        'rounded-control hover:bg-hover focus:bg-hover flex h-8 w-full items-center gap-2.5 px-2 text-left outline-none',
        id === 'delete' && 'text-failed',
      )}
    >
      {icon}
      <span className="flex-1 truncate">{title ?? action.title}</span>
      {key !== undefined && <kbd className="text-ink-faint font-sans text-xs">{showKeys(key, isMac())}</kbd>}
    </button>
  )
}

function move(event: KeyboardEvent, menu: HTMLElement | null, close: () => void): void {
  const items = [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  const at = items.findIndex((item) => item.matches(':focus'))
  const targets: { readonly [key: string]: number } = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
  const to = targets[event.key]
  if (to !== undefined) items.at(to % items.length)?.focus()
  else if (event.key === 'Escape' || event.key === 'Tab') close()
  else return
  event.preventDefault()
  event.stopPropagation()
}
