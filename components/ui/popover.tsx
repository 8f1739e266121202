'use client'
import { Fragment, type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from 'react'
import { cx } from './cx'

type PopoverProps = {
  /** Gets what makes it the button that opens the panel. */
  trigger: (wiring: { popoverTarget: string; 'aria-expanded': boolean; 'aria-haspopup': 'dialog' }) => ReactNode
  label: string
  className?: string
  children: (close: () => void) => ReactNode
}

/**
 * The browser's own popover: it lies above everything, dialogs too, and closes on Escape and on a click beside it. It is
 * placed beside its trigger when it opens.
 */
export function Popover({ trigger, label, className, children }: PopoverProps) {
  const id = useId()
  const anchor = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  // Counted: who closes and opens it quickly is told of by one event, and should find it as fresh as anybody.
  const [opening, setOpening] = useState<number | null>(null)
  const isOpen = opening !== null
  const onToggle = (event: ToggleEvent<HTMLDivElement>) =>
    setOpening(event.newState === 'open' ? (before) => (before ?? 0) + 1 : null)
  useEffect(() => {
    if (opening !== null) panel.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [opening])
  const onBeforeToggle = (event: ToggleEvent<HTMLDivElement>) => {
    const button = anchor.current?.firstElementChild
    if (event.newState === 'open' && button && panel.current) place(panel.current, button.getBoundingClientRect())
  }
  return (
    <div ref={anchor} className="contents">
      {trigger({ popoverTarget: id, 'aria-expanded': isOpen, 'aria-haspopup': 'dialog' })}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={onToggle}
        onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
        onBeforeToggle={onBeforeToggle}
        className={cx(
          'bg-surface text-ink border-line shadow-float fixed inset-auto m-0 overflow-hidden rounded-card border',
          className,
        )}
      >
        {isOpen && <Fragment key={opening}>{children(() => panel.current?.hidePopover())}</Fragment>}
      </div>
    </div>
  )
}

const gap = 4
const roomWanted = 320

/** Below the trigger and as wide, or above it where there is more room. */
export function place(panel: HTMLElement, near: DOMRect): void {
  const below = window.innerHeight - near.bottom
  const isAbove = below < roomWanted && near.top > below
  const width = Math.min(Math.max(near.width, 260), window.innerWidth - 16)
  const left = Math.max(8, Math.min(near.left, window.innerWidth - width - 8))
  panel.style.left = `${left}px`
  panel.style.width = `${width}px`
  panel.style.top = isAbove ? 'auto' : `${near.bottom + gap}px`
  panel.style.bottom = isAbove ? `${window.innerHeight - near.top + gap}px` : 'auto'
  panel.style.maxHeight = `${Math.max(120, (isAbove ? near.top : below) - 16)}px`
}
