import type { ReactNode } from 'react'
import { cx } from './cx'

export function Panel({ className, children }: { className?: string; children: ReactNode }) {
  return <section className={cx('bg-surface border-line rounded-card border', className)}>{children}</section>
}

type HeadingProps = { title: string; note?: ReactNode; actions?: ReactNode }
export function PanelHeading({ title, note, actions }: HeadingProps) {
  return (
    <header className="border-line flex min-h-12 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-4 py-1.5">
      <h2 className="text-sm font-semibold">
        {title}
        {note !== undefined && <span className="text-ink-faint ml-2 font-normal">{note}</span>}
      </h2>
      {actions}
    </header>
  )
}

type EmptyProps = { icon: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }
/** Nothing here yet: says what belongs here and what to do. */
export function EmptyState({ icon, title, children, actions }: EmptyProps) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-3 px-4 py-12 text-center">
      <span className="bg-sunken text-ink-faint grid size-11 place-items-center rounded-full">{icon}</span>
      <h2 className="font-semibold">{title}</h2>
      {children !== undefined && <div className="text-ink-soft text-sm">{children}</div>}
      {actions !== undefined && <div className="flex flex-wrap justify-center gap-2 pt-1">{actions}</div>}
    </div>
  )
}

/** Holds the place of text that is on its way, in about its size, so that nothing jumps when it comes. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={cx('bg-hover animate-breathe block rounded-control', className)} />
}

export function SkeletonRows({ rows, className = 'h-12' }: { rows: number; className?: string }) {
  return (
    <div role="status" className="grid gap-2">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <Skeleton key={key} className={className} />
      ))}
    </div>
  )
}
