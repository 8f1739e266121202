'use client'
import { type ReactNode, useEffect } from 'react'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { BuilderRun } from '@/components/run/builder-run'

/** Brings the run that was started here to the canvas, and the canvas to the person. */
export function Watched({ onStarted, children }: { onStarted: () => void; children: ReactNode }) {
  const { store } = useEditor()
  const runId = useEditorState((state) => state.runId)
  const graph = useEditorState((state) => state.graph)
  useEffect(() => {
    const wanted = new URLSearchParams(window.location.search).get('run')
    if (wanted) store.getState().show({ runId: wanted })
  }, [store])
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.runId === before.runId) return
        writeRun(state.runId)
        if (state.runId !== null) onStarted()
      }),
    [store, onStarted],
  )
  return (
    <BuilderRun runId={runId} drawn={graph}>
      {children}
    </BuilderRun>
  )
}

/** `?run=…`: after a reload it is watched on. */
function writeRun(runId: string | null): void {
  const url = new URL(window.location.href)
  if (runId === null) url.searchParams.delete('run')
  else url.searchParams.set('run', runId)
  window.history.replaceState(window.history.state, '', url)
}
