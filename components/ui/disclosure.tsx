'use client'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cx } from './cx'

type DisclosureProps = { title: string; note?: ReactNode; initiallyOpen?: boolean; children: ReactNode }

/** A part that is out of the way until it is wanted. */
export function Disclosure({ title, note, initiallyOpen = false, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(initiallyOpen)
  const id = useId()
  return (
    <section className="grid grid-cols-1 gap-3">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          className="text-ink-soft hover:text-ink -mx-1 flex w-full items-center gap-1 rounded-control px-1 py-1 text-left text-sm font-medium"
        >
          <ChevronRight size={16} aria-hidden className={cx('transition-transform', isOpen && 'rotate-90')} />
          {title}
          {note !== undefined && <span className="text-ink-faint ml-auto text-xs font-normal">{note}</span>}
        </button>
      </h3>
      <div id={id} hidden={!isOpen} className={cx(isOpen && 'grid grid-cols-1 gap-4')}>
        {isOpen && children}
      </div>
    </section>
  )
}
