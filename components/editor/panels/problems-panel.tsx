'use client'
import { CircleAlert, TriangleAlert, X } from 'lucide-react'
import { goTo } from '@/components/editor/actions/navigate'
import { indexOf } from '@/components/editor/graph/graph-index'
import { nameOf } from '@/components/editor/graph/kinds'
import { Words } from '@/components/editor/panels/words'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { IconButton } from '@/components/ui/button'
import { plural } from '@/components/ui/format'
import type { Problem } from '@/engine/plan/plan'

/** Everything that is wrong, below the canvas; choosing one goes there. */
export function ProblemsPanel() {
  const editor = useEditor()
  const isOpen = useEditorState(({ isProblemsOpen }) => isProblemsOpen)
  const problems = useEditorState((state) => state.problems)
  if (!isOpen) return null
  return (
    <section aria-label="Problems" className="bg-surface border-line flex max-h-[34dvh] shrink-0 flex-col border-t">
      <header className="flex h-10 shrink-0 items-center justify-between pr-1 pl-4">
        <h2 className="font-semibold">
          {problems.length === 0 ? 'No problems' : plural(problems.length, 'problem')}
          {problems.length === 0 && <span className="text-ink-faint ml-2 font-normal">It can run.</span>}
        </h2>
        <IconButton label="Close the problems" onClick={() => editor.store.getState().show({ isProblemsOpen: false })}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <ProblemRows problems={problems} />
    </section>
  )
}

export function ProblemRows({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="min-h-0 overflow-auto px-2 pb-2">
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.path ?? ''} ${problem.nodeId ?? ''} ${problem.message}`}>
          <ProblemRow problem={problem} />
        </li>
      ))}
    </ul>
  )
}

function ProblemRow({ problem }: { problem: Problem }) {
  const editor = useEditor()
  const { nodeId, field, message, severity } = problem
  const node = useEditorState(({ graph }) => (nodeId === undefined ? undefined : indexOf(graph).byId.get(nodeId)))
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert
  const go = () => {
    if (nodeId === undefined) return
    goTo(editor, nodeId)
    editor.store.getState().show({
      isInspectorOpen: true,
      wantedField: field === undefined ? null : { node: nodeId, field },
    })
  }
  return (
    <button
      type="button"
      onClick={go}
      disabled={node === undefined}
      className="hover:bg-hover rounded-control flex w-full items-start gap-2 px-2 py-1.5 text-left disabled:cursor-default disabled:hover:bg-transparent"
    >
      <Icon
        size={15}
        aria-label={severity === 'error' ? 'Problem' : 'Warning'}
        className={severity === 'error' ? 'text-failed mt-0.5 shrink-0' : 'text-waiting mt-0.5 shrink-0'}
      />
      {node !== undefined && <span className="shrink-0 font-medium">{nameOf(node)}</span>}
      <span className="text-ink-soft min-w-0 break-words">
        <Words text={message} />
      </span>
    </button>
  )
}
