'use client'
import { Search } from 'lucide-react'
import { cx } from './cx'

type Props = { label: string; value: string; onChange: (value: string) => void; className?: string }

/** The label is what stands in it while it is empty, and what it is called for those who can't see it. */
export function SearchBox({ label, value, onChange, className }: Props) {
  return (
    <span className={cx('relative block', className)}>
      <Search size={16} aria-hidden className="text-ink-faint pointer-events-none absolute top-2.5 left-2.5" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="control h-9 w-full min-w-0 pr-2 pl-8 text-[16px] md:text-sm"
      />
    </span>
  )
}
