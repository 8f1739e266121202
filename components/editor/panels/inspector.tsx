'use client'
import { change } from '@/components/editor/actions/commit'
import { indexOf } from '@/components/editor/graph/graph-index'
import { nameOf, specOf } from '@/components/editor/graph/kinds'
import { Words } from '@/components/editor/panels/words'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { countRender } from '@/components/editor/store/renders'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { TextField } from '@/components/ui/field'
import { views } from '@/nodes/registry/views'

/** What is known of one node, and where it is changed. */
export function Inspector({ id }: { id: string }) {
  countRender('inspector')
  const editor = useEditor()
  const node = useEditorState(({ graph }) => indexOf(graph).byId.get(id))
  const problems = useEditorState((state) => state.problems)
  if (node === undefined) return null
  const spec = specOf(node.kind)
  const own = problems.filter(({ nodeId }) => nodeId === id)
  return (
    <div className="grid gap-4 p-4">
      <header className="flex items-center gap-2.5">
        <KindIcon view={views[node.kind]} />
        <div className="min-w-0">
          <h2 className="truncate font-semibold">{nameOf(node)}</h2>
          <p className="text-ink-faint text-xs">
            {spec?.title ?? node.kind} · <span className="font-mono">{node.id}</span>
          </p>
        </div>
      </header>
      <TextField
        label="Name"
        value={node.name ?? ''}
        maxLength={200}
        onChange={(event) =>
          change(editor, [{ type: 'set', node: id, options: { name: event.target.value } }], {
            label: `Rename ${nameOf(node)}`,
            merge: `name ${id}`,
          })
        }
        onBlur={() => editor.store.getState().seal()}
      />
      {spec && <p className="text-ink-soft">{spec.summary}</p>}
      {own.length > 0 && (
        <ul aria-label="Problems of this node" className="grid gap-1.5">
          {own.map(({ code, field, message }) => (
            <li key={`${code} ${field ?? ''} ${message}`} className="text-failed break-words">
              <Words text={message} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
