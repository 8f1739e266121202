'use client'
import { useEffect } from 'react'
import { ProblemRows } from '@/components/editor/panels/problems-panel'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { useHasRun } from '@/components/live/run-context'
import { RunDock } from '@/components/run/run-dock'

/** Below the canvas as long as a run is watched on it. */
export function BuilderDock() {
  const editor = useEditor()
  const problems = useEditorState((state) => state.problems)
  const selected = useEditorState((state) => (state.selected.size === 1 ? ([...state.selected][0] ?? null) : null))
  const hasRun = useHasRun()
  // It takes room from the canvas: what is watched comes into what is left.
  useEffect(() => {
    if (hasRun) editor.canvas.current?.fit()
  }, [editor, hasRun])
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
