'use client'
import { runStatusWord } from '@/components/run/status'
import { cx } from '@/components/ui/cx'
import type { PublicStatus } from '@/engine/run/summary'
import { statuses } from './run-wish'

type Props = { chosen: readonly PublicStatus[]; onChange: (chosen: readonly PublicStatus[]) => void }

/** Several states at once; none chosen means all. */
export function StatusFilter({ chosen, onChange }: Props) {
  const toggle = (status: PublicStatus) =>
    onChange(statuses.filter((each) => (each === status) !== chosen.includes(each)))
  return (
    <fieldset className="-mx-1 flex min-w-0 gap-1.5 overflow-x-auto p-1">
      <legend className="sr-only">Show runs that are</legend>
      <Chip label="All" isOn={chosen.length === 0} onPress={() => onChange([])} />
      {statuses.map((status) => (
        <Chip
          key={status}
          label={runStatusWord(status)}
          isOn={chosen.includes(status)}
          onPress={() => toggle(status)}
        />
      ))}
    </fieldset>
  )
}

function Chip({ label, isOn, onPress }: { label: string; isOn: boolean; onPress: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onPress}
      className={cx(
        'h-8 rounded-full border px-3 text-sm font-medium whitespace-nowrap transition-colors',
        isOn ? 'bg-accent-tint text-accent border-transparent' : 'bg-surface border-line text-ink-soft hover:bg-hover',
      )}
    >
      {label}
    </button>
  )
}
