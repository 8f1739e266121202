import type { ReactNode } from 'react'

/** A titled piece of the details. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-1.5">
      <h3 className="text-ink-faint text-xs font-medium">{title}</h3>
      {children}
    </section>
  )
}
