'use client'
import { useId } from 'react'
import { cx } from './cx'

type Choice = { value: string; label: string }
type SegmentedProps = {
  label: string
  value: string
  choices: readonly Choice[]
  onChange: (value: string) => void
  describedBy?: string | undefined
  small?: boolean
}

/** A few choices side by side: radio buttons, so that the arrow keys work. */
export function Segmented({ label, value, choices, onChange, describedBy, small = false }: SegmentedProps) {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      className={cx(
        'bg-sunken border-line inline-flex max-w-full gap-0.5 rounded-control border p-0.5',
        !small && 'w-full',
      )}
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={cx(
            'has-focus-visible:outline-accent grid flex-1 place-items-center rounded-[4px] px-2.5 text-center whitespace-nowrap has-focus-visible:outline-2',
            small ? 'h-6 text-xs' : 'h-7.5 text-sm',
            choice.value === value
              ? 'bg-surface text-ink shadow-[0_0_0_1px_var(--line-strong)] font-medium'
              : 'text-ink-soft hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="sr-only"
          />
          {choice.label}
        </label>
      ))}
    </div>
  )
}
