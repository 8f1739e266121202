'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { isReady } from '@/components/editor/actions/run-and-publish'
import { nameOf } from '@/components/editor/graph/kinds'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { useVersion, useVersions } from '@/components/editor/versions/use-versions'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { useIsWide } from '@/components/ui/use-is-wide'
import { RunDialog } from '@/components/workflows/run-dialog'
import type { Graph } from '@/engine/graph/schema'

type Version = number | 'draft'

/** The form of a run: of the draft, or of any version. Where there is room, the run is watched on this canvas. */
export function RunAny({ onClose }: { onClose: () => void }) {
  const editor = useEditor()
  const draft = useEditorState(({ graph }) => graph)
  const asked = useEditorState(({ runVersion }) => runVersion)
  const [version, setVersion] = useState<Version>(asked)
  const published = useVersion(version === 'draft' ? null : version)
  const graph = useLastKnown(version === 'draft' ? draft : published.data?.graph)
  const isWide = useIsWide()
  if (graph === undefined) return null
  return (
    <RunDialog
      workflowId={editor.workflowId}
      graph={graph}
      version={version}
      choice={
        <>
          {version !== 'draft' && <DraftNote version={version} onClose={onClose} />}
          <VersionChoice version={version} onChange={setVersion} />
          {version === 'draft' && <PinnedNotice />}
        </>
      }
      onClose={onClose}
      {...(isWide && { onStarted: (runId: string) => editor.store.getState().show({ runId }) })}
    />
  )
}

/** Nobody should wonder why a node did not run. */
function PinnedNotice() {
  const graph = useEditorState((state) => state.graph)
  const pins = useEditorState((state) => state.pins)
  const names = graph.nodes.flatMap((node) => (Object.hasOwn(pins, node.id) ? [nameOf(node)] : []))
  if (names.length === 0) return null
  return (
    <Notice title={`${plural(names.length, 'output is pinned', 'outputs are pinned')}`}>
      {names.slice(0, 6).join(', ')}
      {names.length > 6 ? ' and others do' : names.length === 1 ? ' does' : ' do'} not run: what is pinned is taken.
    </Notice>
  )
}

/** Why it is not the draft that runs. */
function DraftNote({ version, onClose }: { version: number; onClose: () => void }) {
  const editor = useEditor()
  const count = useEditorState(({ problems }) => problems.filter(({ severity }) => severity === 'error').length)
  if (count === 0) return null
  const look = () => {
    onClose()
    editor.store.getState().show({ isProblemsOpen: true })
  }
  return (
    <Notice
      tone="waiting"
      actions={
        <Button size="small" onClick={look}>
          Show {count === 1 ? 'it' : 'them'}
        </Button>
      }
    >
      The draft has {plural(count, 'problem')} to mend before it can run. Version {version} can run now.
    </Notice>
  )
}

/** While the next one is on its way the form stays as it is. */
function useLastKnown(graph: Graph | undefined): Graph | undefined {
  const [known, setKnown] = useState(graph)
  if (graph !== undefined && graph !== known) setKnown(graph)
  return graph ?? known
}

function VersionChoice({ version, onChange }: { version: Version; onChange: (version: Version) => void }) {
  const editor = useEditor()
  const { versions } = useVersions()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const numbers = versions.map((each) => each.version)
  const all = typeof version === 'number' && !numbers.includes(version) ? [...numbers, version] : numbers
  if (all.length === 0) return null
  const noteOf = (number: number) => versions.find((each) => each.version === number)?.note ?? null
  const choose = async (next: Version) => {
    if (next === 'draft') return (await isReady(editor, 'run')) && onChange(next)
    try {
      const read = trpc.workflows.version.queryOptions({ id: editor.workflowId, version: next })
      await queryClient.fetchQuery({ ...read, staleTime: Number.POSITIVE_INFINITY })
      onChange(next)
    } catch (error) {
      editor.say(problemOf(error).detail, 'failed')
    }
  }
  return (
    <SelectField
      label="What runs"
      value={String(version)}
      choices={[
        { value: 'draft', label: 'The draft' },
        ...all.map((number) => ({
          value: String(number),
          label: `Version ${number}${noteOf(number) === null ? '' : ` · ${noteOf(number)?.slice(0, 60)}`}`,
        })),
      ]}
      onChange={({ target: { value } }) => void choose(value === 'draft' ? value : Number(value))}
    />
  )
}
