'use client'
import { useEffect, useMemo, useRef } from 'react'
import { addNode } from '@/components/editor/actions/add-node'
import { Picker } from '@/components/editor/commands/picker'
import { indexOf } from '@/components/editor/graph/graph-index'
import { isTeam, mayLieIn, portsOf, takesEdges } from '@/components/editor/graph/kinds'
import { newNode } from '@/components/editor/graph/new-node'
import { kindGroups } from '@/components/editor/palette/kind-groups'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { AddMenu as Menu } from '@/components/editor/store/types'
import { KindIcon } from '@/components/node-kit/kind-icon'
import type { Graph } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

/** Asks what to add, where one is: at the pointer, or at the end of a connection that was let go. */
export function AddMenu() {
  const menu = useEditorState((state) => state.menu)
  return menu === null ? null : <OpenMenu menu={menu} />
}

const size = { width: 300, height: 380 }

function OpenMenu({ menu }: { menu: Menu }) {
  const editor = useEditor()
  const element = useRef<HTMLDivElement>(null)
  const graph = useEditorState((state) => state.graph)
  const groups = useMemo(() => groupsFor(graph, menu), [graph, menu])
  const close = () => editor.store.getState().show({ menu: null })
  useEffect(() => {
    const hear = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target))
        editor.store.getState().show({ menu: null })
    }
    window.addEventListener('pointerdown', hear, { capture: true })
    return () => window.removeEventListener('pointerdown', hear, { capture: true })
  }, [editor])
  const pick = (kind: string) => {
    close()
    const id = addNode(editor, { kind, at: menu.at, parent: menu.parent, purpose: menu.purpose })
    if (id !== null) editor.canvas.current?.focusNode(id)
  }
  const left = Math.max(8, Math.min(menu.screen.x, window.innerWidth - size.width - 8))
  const top = Math.max(8, Math.min(menu.screen.y, window.innerHeight - size.height - 8))
  return (
    <div
      ref={element}
      role="dialog"
      aria-label="Add a node"
      className="bg-surface border-line shadow-float rounded-card animate-arrive fixed z-40 flex flex-col overflow-hidden border"
      style={{ left, top, width: size.width, maxHeight: size.height }}
    >
      <Picker
        label="Add a node"
        placeholder={menu.purpose.type === 'connect' ? 'What comes next?' : 'What should be added?'}
        groups={groups}
        onPick={pick}
        onClose={() => {
          close()
          editor.canvas.current?.focus()
        }}
      />
    </div>
  )
}

/** Only what may stand there and can be connected that way. */
function groupsFor(graph: Graph, { parent, purpose }: Menu) {
  const box = parent === null ? null : (indexOf(graph).byId.get(parent)?.kind ?? null)
  const isMember = box !== null && isTeam(box)
  const fits = (kind: string): boolean => {
    if (!mayLieIn(kind, box)) return false
    if (purpose.type === 'free' || isMember) return true
    if (purpose.type === 'connect' && purpose.end.side === 'target')
      return portsOf(newNode(graph, kind)).length > 0 && kind !== 'note'
    return takesEdges(kind)
  }
  return kindGroups.map(({ title, kinds }) => ({
    title,
    items: kinds
      .filter(({ kind }) => fits(kind))
      .map((spec) => ({
        id: spec.kind,
        title: spec.title,
        detail: spec.summary,
        words: `${spec.kind} ${views[spec.kind]?.words ?? ''}`,
        icon: <KindIcon view={views[spec.kind]} size="small" />,
      })),
  }))
}
