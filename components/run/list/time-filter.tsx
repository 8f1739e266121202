'use client'
import { type RunWish, type Span, spans } from './run-wish'

type Time = RunWish['time']
type Props = { value: Time; onChange: (time: Time) => void }

const control = 'control h-9 px-2.5 text-[16px] md:text-sm'

/** A span that ends now, or days. */
export function TimeFilter({ value, onChange }: Props) {
  const choice = value.of === 'span' ? value.span : value.of
  const choose = (text: string) => {
    if (text === 'any') return onChange({ of: 'any' })
    onChange(text === 'days' ? { of: 'days', from: null, to: null } : { of: 'span', span: text as Span })
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <select
        aria-label="Time"
        value={choice}
        onChange={(event) => choose(event.target.value)}
        className={`${control} pr-8`}
      >
        <option value="any">Any time</option>
        {Object.entries(spans).map(([span, words]) => (
          <option key={span} value={span}>
            {words}
          </option>
        ))}
        <option value="days">Days…</option>
      </select>
      {value.of === 'days' && (
        <>
          <input
            type="date"
            aria-label="From"
            value={value.from ?? ''}
            max={value.to ?? undefined}
            onChange={(event) => onChange({ ...value, from: event.target.value || null })}
            className={control}
          />
          <input
            type="date"
            aria-label="To"
            value={value.to ?? ''}
            min={value.from ?? undefined}
            onChange={(event) => onChange({ ...value, to: event.target.value || null })}
            className={control}
          />
        </>
      )}
    </div>
  )
}
