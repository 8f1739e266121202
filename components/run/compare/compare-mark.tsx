'use client'
import { cx } from '@/components/ui/cx'
import { useCompared } from './compare-context'
import type { Verdict } from './compare-runs'

const looks: { readonly [verdict in Verdict]: { word: string; look: string } | null } = {
  same: null,
  neither: null,
  differs: { word: 'differs', look: 'bg-waiting-tint text-waiting' },
  only_here: { word: 'only here', look: 'bg-done-tint text-done' },
  only_there: { word: 'only there', look: 'bg-failed-tint text-failed' },
}

/** On a card, while two runs are compared: how this node fared in the other one. */
export function CompareMark({ id }: { id: string }) {
  const verdict = useCompared(({ byId }) => byId.get(id)?.verdict ?? 'same')
  return <VerdictMark verdict={verdict} />
}

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const mark = looks[verdict]
  if (!mark) return null
  return (
    <span className={cx('inline-flex h-5 shrink-0 items-center rounded-full px-1.5 text-xs font-semibold', mark.look)}>
      {mark.word}
    </span>
  )
}
