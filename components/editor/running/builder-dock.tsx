'use client'
import { useCallback } from 'react'
import { ProblemRows } from '@/components/editor/panels/problems-panel'
import { runDock } from '@/components/editor/parts'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { useHasRun } from '@/components/live/run-context'
import { Part } from '@/components/ui/later'

/** Below the canvas as long as a run is watched on it. */
export function BuilderDock() {
  const editor = useEditor()
  const problems = useEditorState((state) => state.problems)
  const selected = useEditorState((state) => (state.selected.size === 1 ? ([...state.selected][0] ?? null) : null))
  // It takes room from the canvas: what is watched comes into what is left.
  const onShown = useCallback(() => editor.canvas.current?.fit(), [editor])
  if (!useHasRun()) return null
  return (
    <Part
      of={runDock}
      with={{
        selected,
        onShown,
        onClose: () => editor.store.getState().show({ runId: null }),
        problems: {
          count: problems.length,
          content: () => (
            <div className="h-full overflow-auto py-2">
              {problems.length === 0 ? <p className="text-ink-soft px-4">No problems. It can run.</p> : null}
              <ProblemRows problems={problems} />
            </div>
          ),
        },
      }}
    />
  )
}
