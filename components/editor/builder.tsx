'use client'
import { ReactFlowProvider } from '@xyflow/react'
import { useCallback, useEffect, useState } from 'react'
import { goTo } from '@/components/editor/actions/navigate'
import { run } from '@/components/editor/actions/run-and-publish'
import { Canvas } from '@/components/editor/canvas/canvas'
import { Dialogs } from '@/components/editor/commands/dialogs'
import { useShortcuts } from '@/components/editor/commands/use-shortcuts'
import { AddMenu } from '@/components/editor/palette/add-menu'
import { Palette } from '@/components/editor/palette/palette'
import { EmptyCanvas } from '@/components/editor/panels/empty-canvas'
import { FindBar } from '@/components/editor/panels/find-bar'
import { InspectorPanel } from '@/components/editor/panels/inspector-panel'
import { NodeMenu } from '@/components/editor/panels/node-menu'
import { ProblemsPanel } from '@/components/editor/panels/problems-panel'
import { SelectionBar } from '@/components/editor/panels/selection-bar'
import { type Tab, TopBar } from '@/components/editor/panels/top-bar'
import { clipboard, inspectNode, openDialog, runDock, runList, tour, versionsTab } from '@/components/editor/parts'
import { BuilderDock } from '@/components/editor/running/builder-dock'
import { Watched } from '@/components/editor/running/watched'
import { EditorProvider, useEditor, useEditorState } from '@/components/editor/store/context'
import type { Editor } from '@/components/editor/store/types'
import { writeLooking } from '@/components/editor/versions/version-address'
import { WorkspaceFacts } from '@/components/editor/workspace-facts'
import { DetailsProvider } from '@/components/graph-canvas/details-context'
import { Part, prepareWhenIdle } from '@/components/ui/later'

export function Builder({ editor }: { editor: Editor }) {
  const [tab, setTab] = useTab()
  const toBuild = useCallback(() => setTab('build'), [setTab])
  return (
    <EditorProvider value={editor}>
      <Watched onStarted={toBuild}>
        <ReactFlowProvider>
          <div className="flex h-dvh flex-col overflow-hidden text-sm">
            <Title />
            <WorkspaceFacts />
            <TopBar tab={tab} onTab={setTab} />
            {tab === 'build' && <Build />}
            {tab === 'runs' && (
              <Reading>
                <Part of={runList} with={{ workflowId: editor.workflowId }} />
              </Reading>
            )}
            {tab === 'versions' && <Part of={versionsTab} with={{ onRestored: toBuild }} />}
          </div>
          <Dialogs />
        </ReactFlowProvider>
      </Watched>
    </EditorProvider>
  )
}

const Reading = ({ children }: { children: React.ReactNode }) => (
  <main className="min-h-0 flex-1 overflow-auto">
    <div className="mx-auto max-w-5xl px-4 py-5">{children}</div>
  </main>
)

function Title() {
  const name = useEditorState(({ graph }) => graph.name)
  return <h1 className="sr-only">{name}</h1>
}

function Build() {
  useShortcuts()
  useWantedNode()
  useWantedRun()
  useEffect(() => prepareWhenIdle([inspectNode, openDialog, runDock, tour, versionsTab, runList]), [])
  return (
    <main className="flex min-h-0 flex-1">
      <Palette />
      <div className="relative flex min-w-0 flex-1 flex-col">
        <div className="relative min-h-0 flex-1">
          <DetailsProvider>
            <Canvas />
          </DetailsProvider>
          <EmptyCanvas />
          <FindBar />
          <SelectionBar />
        </div>
        <ProblemsPanel />
        <BuilderDock />
      </div>
      <InspectorPanel />
      <AddMenu />
      <NodeMenu />
      <Part of={clipboard} with={{}} />
      <Part of={tour} with={{}} />
    </main>
  )
}

const tabs: readonly Tab[] = ['build', 'runs', 'versions']

/** The tab is part of the address, so that it can be linked to and found again. */
function useTab(): [Tab, (tab: Tab) => void] {
  const [tab, setTab] = useState<Tab>(readTab)
  useEffect(() => {
    const hear = () => setTab(readTab())
    window.addEventListener('popstate', hear)
    return () => window.removeEventListener('popstate', hear)
  }, [])
  const go = useCallback((next: Tab) => {
    const url = new URL(window.location.href)
    if (next === 'build') url.searchParams.delete('tab')
    else url.searchParams.set('tab', next)
    writeLooking(url, { version: null, against: 'nothing' })
    window.history.pushState(null, '', url)
    setTab(next)
  }, [])
  return [tab, go]
}

const readTab = (): Tab => {
  const wanted = new URLSearchParams(window.location.search).get('tab')
  return tabs.find((tab) => tab === wanted) ?? 'build'
}

/** `?node=write` opens that node. */
function useWantedNode() {
  const editor = useEditor()
  useEffect(() => {
    const id = new URLSearchParams(window.location.search).get('node')
    if (id === null) return
    const frame = requestAnimationFrame(() => goTo(editor, id))
    return () => cancelAnimationFrame(frame)
  }, [editor])
}

/** `?run` asks for what it starts with at once; going back or loading again doesn't ask once more. */
function useWantedRun() {
  const editor = useEditor()
  useEffect(() => {
    const url = new URL(window.location.href)
    // With an id it names a run that is being watched.
    if (url.searchParams.get('run') !== '') return
    const frame = requestAnimationFrame(() => {
      url.searchParams.delete('run')
      window.history.replaceState(window.history.state, '', url)
      void run(editor)
    })
    return () => cancelAnimationFrame(frame)
  }, [editor])
}
