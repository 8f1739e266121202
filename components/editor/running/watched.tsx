'use client'
import { type ReactNode, useEffect, useRef } from 'react'
import { useEditorState } from '@/components/editor/store/context'
import { BuilderRun } from '@/components/run/builder-run'

/** Brings the run that was started here to the canvas, and the canvas to the person. */
export function Watched({ onStarted, children }: { onStarted: () => void; children: ReactNode }) {
  const runId = useEditorState((state) => state.runId)
  const started = useRef(onStarted)
  started.current = onStarted
  useEffect(() => {
    if (runId !== null) started.current()
  }, [runId])
  return <BuilderRun runId={runId}>{children}</BuilderRun>
}
