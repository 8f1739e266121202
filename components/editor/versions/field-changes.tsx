import { useMemo } from 'react'
import { DiffText } from '@/components/run/compare/diff-text'
import { diffTexts, type Piece } from '@/components/run/compare/text-diff'
import { cx } from '@/components/ui/cx'
import type { FieldChange } from './compare-graphs'
import { fieldName, valueText } from './version-words'

/** Fields as they were and as they are, word by word. `short` leaves out what is long and the same. */
export const FieldChanges = ({ fields, short = false }: { fields: readonly FieldChange[]; short?: boolean }) => (
  <dl className="grid gap-3">
    {fields.map((each) => (
      <FieldItem key={each.field} short={short} change={each} />
    ))}
  </dl>
)

function FieldItem({ change: { field, before, after }, short }: { change: FieldChange; short: boolean }) {
  const pieces = useMemo(() => {
    const all = diffTexts(valueText(before), valueText(after))
    return short ? all.map(shortened) : all
  }, [before, after, short])
  return (
    <div className="min-w-0">
      <dt className="text-ink-faint pb-0.5 text-xs first-letter:uppercase">{fieldName(field)}</dt>
      <dd
        className={cx(
          'text-sm break-words whitespace-pre-wrap',
          typeof (after ?? before) !== 'string' && 'font-mono text-xs',
        )}
      >
        <DiffText pieces={pieces} />
      </dd>
    </div>
  )
}

function shortened({ type, text }: Piece): Piece {
  const kept = type === 'same' ? 40 : 300
  return { type, text: text.length <= 2 * kept ? text : `${text.slice(0, kept)} … ${text.slice(-kept)}` }
}
