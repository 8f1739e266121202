'use client'
import { Command, Play, Rocket, Share2, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useRef, useSyncExternalStore } from 'react'
import { change } from '@/components/editor/actions/commit'
import { publish, run, share } from '@/components/editor/actions/run-and-publish'
import { isMac, showKeys } from '@/components/editor/commands/keys'
import { MoreMenu } from '@/components/editor/panels/more-menu'
import { SaveState } from '@/components/editor/panels/save-state'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { Mark } from '@/components/shell/nav'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'

export type Tab = 'build' | 'runs' | 'versions'
const titles: readonly (readonly [Tab, string])[] = [
  ['build', 'Build'],
  ['runs', 'Runs'],
  ['versions', 'Versions'],
]

const neverChanges = () => () => {}

type Props = { tab: Tab; onTab: (tab: Tab) => void }

export function TopBar({ tab, onTab }: Props) {
  const editor = useEditor()
  // The server can't know, and what it drew has to be the same at first.
  const onMac = useSyncExternalStore(neverChanges, isMac, () => false)
  return (
    <header className="bg-surface border-line grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-b px-2 md:h-12 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <div className="flex h-12 min-w-0 items-center gap-2">
        <Link href="/" aria-label="Baton, to the workflows" className="rounded-card shrink-0">
          <Mark />
        </Link>
        <WorkflowName />
        <SaveState />
      </div>
      <nav
        aria-label="Parts of this workflow"
        className="border-line col-span-2 row-start-2 -mx-2 flex justify-center gap-1 border-t md:col-span-1 md:row-start-auto md:mx-0 md:border-t-0"
      >
        {titles.map(([id, title]) => (
          <button
            key={id}
            type="button"
            data-tour={id}
            aria-current={tab === id ? 'page' : undefined}
            onClick={() => onTab(id)}
            className={cx(
              'h-10 border-b-2 px-3 font-medium transition-colors md:h-12',
              tab === id ? 'border-accent text-ink' : 'text-ink-soft hover:text-ink border-transparent',
            )}
          >
            {title}
          </button>
        ))}
      </nav>
      <div className="flex h-12 items-center justify-end gap-1.5">
        <ProblemsButton />
        <span className="hidden gap-1.5 md:flex">
          <Button
            tone="quiet"
            size="small"
            title="Commands"
            aria-keyshortcuts="Control+K Meta+K"
            icon={<Command size={15} aria-hidden />}
            onClick={() => editor.store.getState().show({ dialog: 'commands' })}
          >
            <span className="sr-only">Commands </span>
            {showKeys('Mod+K', onMac)}
          </Button>
          <Button size="small" icon={<Share2 size={15} aria-hidden />} onClick={() => void share(editor)}>
            Share
          </Button>
          <Button size="small" icon={<Rocket size={15} aria-hidden />} onClick={() => void publish(editor)}>
            Publish
          </Button>
        </span>
        <MoreMenu />
        <Button
          tone="primary"
          size="small"
          data-tour="run"
          icon={<Play size={15} aria-hidden />}
          onClick={() => void run(editor)}
        >
          Run
        </Button>
      </div>
    </header>
  )
}

function WorkflowName() {
  const editor = useEditor()
  const name = useEditorState(({ graph }) => graph.name)
  const before = useRef(name)
  const rename = (next: string) =>
    change(editor, [{ type: 'set_graph', properties: { name: next } }], { label: 'Rename the workflow', merge: 'name' })
  return (
    <input
      aria-label="Name of the workflow"
      value={name}
      maxLength={200}
      onFocus={() => {
        before.current = name
      }}
      onChange={(event) => rename(event.target.value)}
      onBlur={() => {
        // The server wants a name.
        if (name.trim() === '') rename(before.current.trim() === '' ? 'Untitled' : before.current)
        editor.store.getState().seal()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.currentTarget.blur()
        editor.canvas.current?.focus()
      }}
      className="rounded-control hover:bg-hover focus:bg-surface min-w-0 max-w-64 flex-1 truncate border border-transparent bg-transparent px-2 py-1 text-sm font-semibold field-sizing-content md:flex-none"
    />
  )
}

function ProblemsButton() {
  const editor = useEditor()
  const errors = useEditorState(({ problems }) => problems.filter(({ severity }) => severity === 'error').length)
  // An empty canvas has its own words.
  const all = useEditorState(({ problems, graph }) => (graph.nodes.length === 0 ? 0 : problems.length))
  const isOpen = useEditorState(({ isProblemsOpen }) => isProblemsOpen)
  if (all === 0) return null
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={`${all} ${all === 1 ? 'problem' : 'problems'}`}
      onClick={() => editor.store.getState().show({ isProblemsOpen: !isOpen })}
      className={cx(
        'hover:bg-hover rounded-control inline-flex h-8 items-center gap-1 px-2 text-sm font-medium',
        errors > 0 ? 'text-failed' : 'text-waiting',
      )}
    >
      <TriangleAlert size={15} aria-hidden />
      {all}
    </button>
  )
}
