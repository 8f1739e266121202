'use client'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './button'
import { cx } from './cx'
import { useClickBeside } from './use-click-beside'

type DialogProps = { title: string; open: boolean; onClose: () => void; wide?: boolean | 'full'; children: ReactNode }

/**
 * The browser's own dialog: keeps the focus inside, closes on Escape, makes the rest inert, and needs no styles injected
 * into the page. On a phone it is a sheet from below.
 */
export function Dialog({ title, open, onClose, wide = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const beside = useClickBeside(element, onClose)
  const titleId = useId()
  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) {
      dialog.showModal()
      takeFocus(dialog)
    }
    if (!open && dialog.open) dialog.close()
  }, [open])

  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onClose={onClose}
      {...beside}
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
      className={cx(
        'bg-surface text-ink border-line shadow-float m-0 mt-auto max-h-[92dvh] w-full max-w-full overflow-auto border',
        'open:animate-arrive rounded-t-card backdrop:bg-[rgb(10_12_20/0.45)] md:m-auto md:rounded-card',
        wide === 'full' ? 'md:max-w-[min(84rem,94vw)]' : wide ? 'md:max-w-3xl' : 'md:max-w-lg',
      )}
    >
      {open && (
        <div className="grid grid-cols-1 gap-4 p-4 md:p-5">
          <header className="flex items-start justify-between gap-3">
            <h2 id={titleId} className="text-lg font-semibold">
              {title}
            </h2>
            <IconButton label="Close" onClick={onClose} className="-mt-1 -mr-1.5">
              <X size={18} aria-hidden />
            </IconButton>
          </header>
          {children}
        </div>
      )}
    </dialog>
  )
}

/** Whoever opens a form wants to write in it. Not where writing brings up a keyboard over half of the screen. */
function takeFocus(dialog: HTMLElement): void {
  const isChosen = dialog.querySelector('[autofocus]') !== null || document.activeElement?.matches('input, textarea')
  if (isChosen || !window.matchMedia('(hover: hover)').matches) return
  dialog.querySelector<HTMLElement>('form :is(input:not([type=hidden]), textarea, select):not(:disabled)')?.focus()
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className="flex flex-wrap items-center justify-end gap-2 pt-1">{children}</footer>
}
