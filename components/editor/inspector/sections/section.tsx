import type { ReactNode } from 'react'

export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid min-w-0 grid-cols-1 gap-2">
      <header className="flex min-h-8 items-center justify-between gap-2">
        <h3 className="text-ink-soft text-sm font-medium">{title}</h3>
        {actions}
      </header>
      {children}
    </section>
  )
}
