'use client'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { plural } from '@/components/ui/format'
import type { PathKey } from '@/engine/path'
import { NodeRow } from './node-row'
import { type NodeEntry, progressOf, type ScopeEntry, type TreeEntry } from './run-tree'

type TreeProps = { selected: PathKey | null; onSelect: (path: PathKey) => void }

/** Nodes in the order of the graph; what lives in a box stands below it, indented. */
export function NodeTree({ entries, ...props }: TreeProps & { entries: readonly TreeEntry[] }) {
  const scopes = entries.filter((entry) => entry.type === 'scope')
  if (scopes.length > 0) return <ScopeList scopes={scopes} {...props} />
  return (
    <ul>{entries.map((entry) => entry.type === 'node' && <NodeItem key={entry.path} entry={entry} {...props} />)}</ul>
  )
}

function NodeItem({ entry, ...props }: TreeProps & { entry: NodeEntry }) {
  return (
    <li className="border-line border-b last:border-b-0">
      <NodeRow entry={entry} {...props} />
      {entry.inside.length > 0 && (
        <div className="border-line ml-8 border-t border-l">
          <NodeTree entries={entry.inside} {...props} />
        </div>
      )}
    </li>
  )
}

const shortList = 6
const pageOfScopes = 50

/** Many items: those that are at work or failed are shown, the rest when asked for. */
function ScopeList({ scopes, ...props }: TreeProps & { scopes: readonly ScopeEntry[] }) {
  const [shownMax, setShownMax] = useState(0)
  const isShort = scopes.length <= shortList
  const notable = scopes.filter(({ status }) => status === 'active' || status === 'failed').slice(0, shortList)
  const shown = isShort ? scopes : shownMax === 0 ? notable : scopes.slice(0, shownMax)
  const rest = scopes.length - shownMax
  return (
    <div>
      {!isShort && <ScopeProgress scopes={scopes} />}
      <ul>
        {shown.map((scope) => (
          <ScopeItem key={scope.key} scope={scope} startsOpen={isShort || scope.status !== 'done'} {...props} />
        ))}
      </ul>
      {!isShort && rest > 0 && (
        <Button size="small" tone="quiet" className="m-1.5" onClick={() => setShownMax(shownMax + pageOfScopes)}>
          {shownMax === 0 ? `Show all ${scopes.length}` : `Show ${Math.min(rest, pageOfScopes)} more`}
        </Button>
      )}
    </div>
  )
}

function ScopeProgress({ scopes }: { scopes: readonly ScopeEntry[] }) {
  const { total, done, failed, active } = progressOf(scopes)
  return (
    <div className="grid gap-1.5 px-4 py-2.5">
      <p className="text-ink-soft text-sm">
        {done} of {plural(total, 'item')} done
        {active > 0 && `, ${active} at work`}
        {failed > 0 && <span className="text-failed">, {failed} failed</span>}
      </p>
      <progress value={done + failed} max={total} className="progress h-1 w-full" aria-label="Items done" />
    </div>
  )
}

const marks = {
  idle: 'bg-line-strong',
  active: 'bg-accent animate-breathe',
  done: 'bg-done',
  failed: 'bg-failed',
} as const
const words = { idle: 'not started', active: 'at work', done: 'done', failed: 'failed' } as const

function ScopeItem({ scope, startsOpen, ...props }: TreeProps & { scope: ScopeEntry; startsOpen: boolean }) {
  const [choice, setChoice] = useState<boolean | null>(null)
  const isOpen = choice ?? startsOpen
  return (
    <li className="border-line border-b last:border-b-0">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setChoice(!isOpen)}
        className="hover:bg-hover flex h-9 w-full items-center gap-2 px-3 text-left text-sm transition-colors focus-visible:outline-offset-[-2px]"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={cx('text-ink-faint transition-transform', isOpen && 'rotate-90')}
        />
        <span className="font-medium">{scope.title}</span>
        <span className={cx('size-2 rounded-full', marks[scope.status])} />
        <span className="text-ink-faint">{words[scope.status]}</span>
      </button>
      {isOpen && <NodeTree entries={scope.inside} {...props} />}
    </li>
  )
}
