'use client'
import { useMemo, useState } from 'react'
import { nameOf } from '@/components/editor/graph/kinds'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Base, Saver } from '@/components/editor/store/types'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { plural } from '@/components/ui/format'
import { diffGraphs } from '@/engine/graph/diff'
import type { Graph } from '@/engine/graph/schema'
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
  const lines = useMemo(() => [...describe(from.graph, to.graph), ...describePins(from, to)], [from, to])
  return (
    <section aria-label={title} className="border-line rounded-card border p-3">
      <h3 className="pb-1 font-semibold">{title}</h3>
      <ul className="text-ink-soft grid max-h-64 gap-1 overflow-auto">
        {lines.length === 0 && <li>Nothing.</li>}
        {lines.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </section>
  )
}

function describe(from: Graph, to: Graph): string[] {
  const { added, removed, changed, edges, properties } = diffGraphs(from, to)
  const nameIn = (graph: Graph, id: string) => {
    const node = graph.nodes.find((each) => each.id === id)
    return node === undefined ? id : nameOf(node)
  }
  return [
    ...added.map((id) => `${nameIn(to, id)} (${id}) is new.`),
    ...removed.map((id) => `${nameIn(from, id)} (${id}) is gone.`),
    ...changed.map(({ id, fields }) => `${nameIn(to, id)} (${id}): ${fields.map(readable).join(', ')}.`),
    ...(edges.added.length === 0
      ? []
      : [`${plural(edges.added.length, 'new edge')}: ${edges.added.map(arrow).join(', ')}.`]),
    ...(edges.removed.length === 0
      ? []
      : [`${plural(edges.removed.length, 'edge')} gone: ${edges.removed.map(arrow).join(', ')}.`]),
    ...properties.map((name) => `The ${name} of the workflow changed.`),
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

const readable = (field: string): string => field.replace(/^config\./, '')
const arrow = ({ source, target }: { source: string; target: string }): string => `${source} → ${target}`
