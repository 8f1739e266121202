'use client'
import { ChevronLeft, Play, RotateCcw } from 'lucide-react'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { Button, IconButton } from '@/components/ui/button'
import type { Graph } from '@/engine/graph/schema'
import { restoreVersion } from './restore-version'
import { useVersions } from './use-versions'
import type { Looking } from './version-address'
import type { Against } from './version-words'

type Props = {
  version: number
  graph: Graph | undefined
  against: Against
  onLook: (looking: Looking) => void
  onRestored: () => void
}

/** What one can do with a version. */
export function VersionBar({ version, graph, against, onLook, onRestored }: Props) {
  const editor = useEditor()
  const isConflict = useEditorState(({ saving }) => saving.status === 'conflict')
  const restore = () => {
    if (isConflict) return editor.store.getState().show({ dialog: 'conflict' })
    if (graph !== undefined && restoreVersion(editor, version, graph)) onRestored()
  }
  return (
    <header className="bg-surface border-line flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 border-b px-3 py-1.5">
      <span className="-ml-1.5 md:hidden">
        <IconButton label="All versions" onClick={() => onLook({ version: null, against })}>
          <ChevronLeft size={18} aria-hidden />
        </IconButton>
      </span>
      <h2 className="font-semibold whitespace-nowrap">Version {version}</h2>
      <AgainstChoice version={version} against={against} onChange={(next) => onLook({ version, against: next })} />
      <span className="ml-auto flex gap-1.5">
        <Button size="small" disabled={!graph} icon={<RotateCcw size={15} aria-hidden />} onClick={restore}>
          Restore
        </Button>
        <Button
          size="small"
          icon={<Play size={15} aria-hidden />}
          onClick={() => editor.store.getState().show({ dialog: 'run', runVersion: version })}
        >
          Run version {version}
        </Button>
      </span>
    </header>
  )
}

type ChoiceProps = { version: number; against: Against; onChange: (against: Against) => void }

function AgainstChoice({ version, against, onChange }: ChoiceProps) {
  const { versions } = useVersions()
  const others = versions.map((each) => each.version).filter((each) => each !== version)
  // A link may name one that is not on the first page.
  const all = typeof against === 'number' && !others.includes(against) ? [...others, against] : others
  const read = (value: string) => onChange(value === 'draft' || value === 'nothing' ? value : Number(value))
  return (
    <label className="flex items-center gap-2">
      <span className="text-ink-faint whitespace-nowrap">Compare with</span>
      <select
        value={String(against)}
        onChange={(event) => read(event.target.value)}
        className="control h-8 max-w-44 px-2 text-[16px] md:text-sm"
      >
        <option value="nothing">nothing</option>
        <option value="draft">the draft</option>
        {all.map((each) => (
          <option key={each} value={each}>
            version {each}
          </option>
        ))}
      </select>
    </label>
  )
}
