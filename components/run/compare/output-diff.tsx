'use client'
import { useMemo } from 'react'
import { showValue } from '@/components/run/value-text'
import { useWholeValue } from '@/components/run/values/use-whole-value'
import { SkeletonRows } from '@/components/ui/panel'
import type { Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import { DiffText } from './diff-text'
import { diffTexts } from './text-diff'

type Props = { title: string; here: Ref | null; there: Ref | null; otherId: string }

/** What became another text from the other run to this one. */
export function OutputDiff({ title, here, there, otherId }: Props) {
  const mine = useWholeValue(here)
  const theirs = useWholeValue(there, otherId)
  return (
    <section className="grid gap-2">
      <h3 className="text-ink-faint text-xs font-medium">
        {title}: from <del className="diff-removed">the other run</del> to <ins className="diff-added">this one</ins>
      </h3>
      {mine === undefined || theirs === undefined ? <SkeletonRows rows={2} /> : <Diff mine={mine} theirs={theirs} />}
    </section>
  )
}

function Diff({ mine, theirs }: { mine: Json; theirs: Json }) {
  const pieces = useMemo(() => diffTexts(textOf(theirs), textOf(mine)), [mine, theirs])
  if (pieces.length === 0) return <p className="text-ink-faint text-sm">Nothing came out in either of them.</p>
  if (pieces.every(({ type }) => type === 'same')) {
    return (
      <>
        <p className="text-done text-sm">Both are the same.</p>
        <p className="text-sm break-words whitespace-pre-wrap">{pieces.map(({ text }) => text)}</p>
      </>
    )
  }
  return (
    <p className="text-sm break-words whitespace-pre-wrap">
      <DiffText pieces={pieces} />
    </p>
  )
}

const textOf = (value: Json): string => (value === null ? '' : showValue(value).text)
