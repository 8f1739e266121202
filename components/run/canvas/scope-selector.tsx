'use client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useFocus, useFocused } from '@/components/run/run-focus'
import type { GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { BoxProgress } from './box-progress'
import { scopeCount } from './scope-count'

type Props = { kind: string; path: PathKey; progress: BoxProgress }

type CountProps = Pick<Props, 'progress'> & { node: GraphNode }

/** What a box is looked at for: it stays when everything else in the header has no room. */
export function ScopeCount({ node, progress }: CountProps) {
  const { done, failed, active } = progress
  return (
    <span className="node-chip shrink-0 tabular-nums" title={`${done} done, ${failed} failed, ${active} at work`}>
      {scopeCount(node, progress)}
    </span>
  )
}

/** Which item or iteration the cards inside show. A click on the number lets it follow the work again. */
export function ScopeSelector({ kind, path, progress }: Props) {
  const focus = useFocus()
  const shown = useFocused(({ chosen, followed }) =>
    Math.min(chosen.get(path) ?? followed.get(path) ?? 0, progress.total - 1),
  )
  const isChosen = useFocused(({ chosen }) => chosen.has(path))
  const word = kind === 'loop' ? 'Iteration' : 'Item'
  const go = (index: number) => focus.choose(path, Math.max(0, Math.min(progress.total - 1, index)))
  return (
    <span className="nodrag nopan bg-surface border-line inline-flex h-7 shrink-0 items-center rounded-control border @max-[210px]:hidden">
      <button
        type="button"
        aria-label={`${word} before`}
        disabled={shown === 0}
        className="run-scope-step"
        onClick={() => go(shown - 1)}
      >
        <ChevronLeft size={14} aria-hidden />
      </button>
      <button
        type="button"
        title={isChosen ? 'Follow the work again' : `${word} that is worked on`}
        onClick={() => focus.choose(path, isChosen ? null : shown)}
        className="text-ink-soft px-0.5 text-xs font-medium whitespace-nowrap tabular-nums"
      >
        <span className="@max-[340px]:sr-only">{word} </span>
        {shown + 1}
        {isChosen && <span className="text-accent"> •</span>}
      </button>
      <button
        type="button"
        aria-label={`${word} after`}
        disabled={shown >= progress.total - 1}
        className="run-scope-step"
        onClick={() => go(shown + 1)}
      >
        <ChevronRight size={14} aria-hidden />
      </button>
    </span>
  )
}
