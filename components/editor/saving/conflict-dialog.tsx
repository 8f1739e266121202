'use client'
import { useMemo, useState } from 'react'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Base, Saver } from '@/components/editor/store/types'
import {
  compareGraphs,
  type FieldChange,
  type GraphComparison,
  type Mark,
} from '@/components/editor/versions/compare-graphs'
import { FieldChanges } from '@/components/editor/versions/field-changes'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { plural } from '@/components/ui/format'
import { own } from '@/engine/json'
import { sameJson } from '@/engine/same-json'

type Draft = Omit<Base, 'revision'>
type Choice = Parameters<Saver['resolve']>[0]

/** Somebody saved while this page was changed too. Nothing is lost until a person has looked and chosen. */
export function ConflictDialog({ onClose }: { onClose: () => void }) {
  const editor = useEditor()
  const graph = useEditorState((state) => state.graph)
  const pins = useEditorState((state) => state.pins)
  const mine = useMemo(() => ({ graph, pins }), [graph, pins])
  const base = useEditorState((state) => state.base)
  const saving = useEditorState((state) => state.saving)
  const [busy, setBusy] = useState<Choice | null>(null)
  if (saving.status !== 'conflict') return null
  const { theirs } = saving
  const choose = async (choice: Choice) => {
    setBusy(choice)
    const done = await editor.saver.resolve(choice)
    setBusy(null)
    if (done) onClose()
  }
  return (
    <Dialog open wide title="Two versions of this draft" onClose={onClose}>
      <p className="text-ink-soft">
        It was saved elsewhere (revision {theirs.revision}) while you changed it here. Both versions are kept until you
        choose.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Changes title="What you changed here" from={base} to={mine} />
        <Changes title="What was saved elsewhere" from={base} to={theirs} />
      </div>
      <DialogActions>
        <Button busy={busy === 'theirs'} disabled={busy !== null} onClick={() => void choose('theirs')}>
          Use theirs
        </Button>
        <Button busy={busy === 'mine'} disabled={busy !== null} onClick={() => void choose('mine')}>
          Use mine
        </Button>
        <Button tone="primary" busy={busy === 'copy'} disabled={busy !== null} onClick={() => void choose('copy')}>
          Use theirs, keep mine as a copy
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Changes({ title, from, to }: { title: string; from: Draft; to: Draft }) {
  const { nodes, properties, ...rest } = useMemo(() => compareGraphs(from.graph, to.graph), [from, to])
  const lines = [...describe({ nodes, ...rest }), ...describePins(from, to)]
  const changed = nodes.filter(({ mark }) => mark === 'changed')
  return (
    <section aria-label={title} className="border-line rounded-card min-w-0 border p-3">
      <h3 className="pb-1 font-semibold">{title}</h3>
      <div className="grid max-h-64 gap-2 overflow-auto">
        {properties.length > 0 && <Fields of="The workflow itself" fields={properties} />}
        {changed.map(({ id, name, fields }) => (
          <Fields key={id} of={`${name} (${id})`} fields={fields} />
        ))}
        <ul className="text-ink-soft grid gap-1">
          {lines.length + changed.length + properties.length === 0 && <li>Nothing.</li>}
          {lines.map((line) => (
            <li key={line} className="break-words">
              {line}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function Fields({ of, fields }: { of: string; fields: readonly FieldChange[] }) {
  return (
    <div className="min-w-0">
      <h4 className="font-medium break-words">{of}</h4>
      <FieldChanges fields={fields} short />
    </div>
  )
}

function describe({ nodes, edges, moved, isReordered }: Omit<GraphComparison, 'properties'>): string[] {
  const named = (mark: Mark) => nodes.filter((node) => node.mark === mark).map(({ id, name }) => `${name} (${id})`)
  return [
    ...named('added').map((name) => `${name} is new.`),
    ...named('removed').map((name) => `${name} is gone.`),
    ...(edges.added.length === 0
      ? []
      : [`${plural(edges.added.length, 'new edge')}: ${edges.added.map(arrow).join(', ')}.`]),
    ...(edges.removed.length === 0
      ? []
      : [`${plural(edges.removed.length, 'edge')} gone: ${edges.removed.map(arrow).join(', ')}.`]),
    ...(moved === 0 ? [] : [`${plural(moved, 'node')} moved.`]),
    ...(isReordered ? ['The nodes stand in another order in the file.'] : []),
  ]
}

function describePins(from: Draft, to: Draft): string[] {
  const ids = [...new Set([...Object.keys(from.pins), ...Object.keys(to.pins)])]
  return ids.flatMap((id): string[] => {
    const before = own(from.pins, id)
    const after = own(to.pins, id)
    if (before === undefined) return [`The output of ${id} is pinned.`]
    if (after === undefined) return [`The output of ${id} is no longer pinned.`]
    return sameJson(before, after) ? [] : [`The pinned output of ${id} is another.`]
  })
}

const arrow = ({ source, target }: { source: string; target: string }): string => `${source} → ${target}`
