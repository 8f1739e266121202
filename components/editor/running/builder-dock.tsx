'use client'
import { ProblemRows } from '@/components/editor/panels/problems-panel'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { RunDock } from '@/components/run/run-dock'

/** Below the canvas as long as a run is watched on it. */
export function BuilderDock() {
  const editor = useEditor()
  const problems = useEditorState((state) => state.problems)
  const selected = useEditorState((state) => (state.selected.size === 1 ? ([...state.selected][0] ?? null) : null))
  return (
    <RunDock
      selected={selected}
      problems={{
        count: problems.length,
        content: () => (
          <div className="h-full overflow-auto py-2">
            {problems.length === 0 ? <p className="text-ink-soft px-4">No problems. It can run.</p> : null}
            <ProblemRows problems={problems} />
          </div>
        ),
      }}
      onClose={() => editor.store.getState().show({ runId: null })}
    />
  )
}
