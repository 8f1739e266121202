'use client'
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react'
import { useState } from 'react'
import { addNode, placeForNew } from '@/components/editor/actions/add-node'
import { findKinds } from '@/components/editor/palette/kind-groups'
import { useKindDrag } from '@/components/editor/palette/use-kind-drag'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import type { KindSpec } from '@/engine/kind/spec'
import { views } from '@/nodes/registry/views'

/** Everything that can be drawn: drag it onto the canvas, or click to have it put behind what is selected. */
export function Palette() {
  const editor = useEditor()
  const isOpen = useEditorState(({ isPaletteOpen }) => isPaletteOpen)
  const [query, setQuery] = useState('')
  const { dragged, start } = useKindDrag()
  const groups = findKinds(isOpen ? query : '')
  const toggle = () => editor.store.getState().show({ isPaletteOpen: !isOpen })
  const add = (kind: string) => {
    const id = addNode(editor, placeForNew(editor, kind))
    if (id !== null) editor.canvas.current?.focusNode(id)
  }
  return (
    <aside
      aria-label="Palette"
      className={cx(
        'bg-surface border-line hidden shrink-0 flex-col border-r md:flex',
        isOpen ? 'w-52' : 'w-13 items-center',
      )}
    >
      <div className="flex h-11 shrink-0 items-center gap-1 pr-1 pl-2">
        {isOpen && (
          <label className="flex min-w-0 flex-1 items-center gap-1.5">
            <Search size={14} aria-hidden className="text-ink-faint shrink-0" />
            <input
              type="search"
              aria-label="Search the palette"
              placeholder="Search"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              onKeyDown={(event) => {
                const first = groups[0]?.kinds[0]
                if (event.key === 'Enter' && first) add(first.kind)
                if (event.key === 'Escape') setQuery('')
              }}
              className="h-8 w-full min-w-0 bg-transparent outline-none"
            />
          </label>
        )}
        <IconButton label={isOpen ? 'Show icons only' : 'Show names'} onClick={toggle}>
          {isOpen ? <PanelLeftClose size={16} aria-hidden /> : <PanelLeftOpen size={16} aria-hidden />}
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto px-1.5 pb-3">
        {groups.length === 0 && <p className="text-ink-faint px-2 py-4">Nothing is called that.</p>}
        {groups.map(({ title, kinds }) => (
          <section key={title} aria-label={title}>
            {isOpen ? (
              <h2 className="text-ink-faint px-2 pt-3 pb-1 text-xs font-medium">{title}</h2>
            ) : (
              <hr className="border-line mx-1 my-1.5" />
            )}
            <ul className={cx(!isOpen && 'grid justify-items-center gap-0.5')}>
              {kinds.map((spec) => (
                <li key={spec.kind}>
                  <KindButton spec={spec} isOpen={isOpen} onAdd={() => add(spec.kind)} onGrab={start(spec.kind)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {dragged !== null && <Ghost kind={dragged.kind} x={dragged.x} y={dragged.y} />}
    </aside>
  )
}

type KindProps = {
  spec: KindSpec
  isOpen: boolean
  onAdd: () => void
  onGrab: (event: React.PointerEvent<HTMLElement>) => void
}

function KindButton({ spec, isOpen, onAdd, onGrab }: KindProps) {
  return (
    <button
      type="button"
      title={`${spec.title}: ${spec.summary}`}
      aria-label={isOpen ? undefined : `Add ${spec.title}`}
      data-kind={spec.kind}
      onClick={onAdd}
      onPointerDown={onGrab}
      className="hover:bg-hover rounded-control flex w-full touch-none items-center gap-2 p-1.5 text-left select-none"
    >
      <KindIcon view={views[spec.kind]} size="small" />
      {isOpen && <span className="truncate">{spec.title}</span>}
    </button>
  )
}

const Ghost = ({ kind, x, y }: { kind: string; x: number; y: number }) => (
  <div
    aria-hidden
    className="node-card pointer-events-none fixed z-40 flex w-40 items-center gap-2 opacity-90"
    style={{ left: x - 20, top: y - 20, height: 48 }}
  >
    <KindIcon view={views[kind]} size="small" />
    <span className="truncate font-medium">{views[kind]?.title ?? kind}</span>
  </div>
)
