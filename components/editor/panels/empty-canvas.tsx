'use client'
import { ClipboardPaste, FilePlus2, Users } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { change } from '@/components/editor/actions/commit'
import { goTo } from '@/components/editor/actions/navigate'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Editor } from '@/components/editor/store/types'

/** Nothing is drawn yet: the ways in, and nothing else. */
export function EmptyCanvas() {
  const editor = useEditor()
  const router = useRouter()
  const isEmpty = useEditorState(({ graph }) => graph.nodes.length === 0)
  if (!isEmpty) return null
  return (
    <div className="pointer-events-none absolute inset-0 z-10 grid place-items-center p-4">
      <div className="pointer-events-auto grid w-full max-w-xl gap-3 sm:grid-cols-3">
        <WayIn
          icon={<Users size={20} aria-hidden />}
          title="Start from a template"
          onClick={() => router.push(`/gallery?into=${editor.workflowId}`)}
        >
          A team that works, to change until it is yours.
        </WayIn>
        <WayIn icon={<FilePlus2 size={20} aria-hidden />} title="Start blank" onClick={() => startBlank(editor)}>
          An input and an output; the rest is yours.
        </WayIn>
        <WayIn
          icon={<ClipboardPaste size={20} aria-hidden />}
          title="Paste a graph"
          onClick={() => editor.store.getState().show({ dialog: 'paste' })}
        >
          YAML or JSON, from a file or another workflow.
        </WayIn>
      </div>
    </div>
  )
}

type WayProps = { icon: ReactNode; title: string; onClick: () => void; children: ReactNode }

const WayIn = ({ icon, title, onClick, children }: WayProps) => (
  <button
    type="button"
    onClick={onClick}
    className="bg-surface border-line hover:border-accent rounded-card grid content-start gap-1.5 border p-4 text-left transition-colors"
  >
    <span className="text-accent">{icon}</span>
    <span className="font-semibold">{title}</span>
    <span className="text-ink-soft">{children}</span>
  </button>
)

function startBlank(editor: Editor): void {
  const start = {
    id: 'start',
    kind: 'input',
    name: 'Input',
    config: { fields: [{ name: 'topic', type: 'text', required: true }] },
  }
  const done = { id: 'done', kind: 'output', name: 'Output', config: {} }
  const nodes = [{ node: { ...start, position: { x: 0, y: 0 } } }, { node: { ...done, position: { x: 640, y: 0 } } }]
  const edges = [{ edge: { source: 'start', target: 'done' } }]
  if (change(editor, [{ type: 'add', nodes, edges }], { label: 'Start blank' })) goTo(editor, 'start')
  requestAnimationFrame(() => editor.canvas.current?.fit())
}
