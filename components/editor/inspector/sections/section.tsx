import type { ReactNode } from 'react'

type Props = { title: string; actions?: ReactNode; children: ReactNode }

export function Section({ title, actions, children, ...marks }: Props & { 'data-alone'?: boolean }) {
  return (
    <section {...marks} className="grid min-w-0 grid-cols-1 gap-2">
      <header className="flex min-h-8 items-center justify-between gap-2">
        <h3 className="text-ink-soft text-sm font-medium">{title}</h3>
        {actions}
      </header>
      {children}
    </section>
  )
}
