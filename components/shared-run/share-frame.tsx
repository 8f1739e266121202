import type { ReactNode } from 'react'
import { Mark } from '@/components/shell/nav'

/** What is around everything that a share link shows: next to nothing. */
export function ShareFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto grid min-h-dvh w-full max-w-[96rem] grid-cols-[minmax(0,1fr)] content-start gap-6 px-4 py-5 md:px-8 md:py-7">
      {children}
      <footer className="text-ink-faint flex items-center gap-2 pb-2 text-sm">
        <span className="scale-75">
          <Mark />
        </span>
        Made with Baton: teams of AI agents, drawn and run.
      </footer>
    </div>
  )
}

/** One thing to say in the middle of an otherwise empty page. */
export function ShareMessage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-4 px-5 py-10">
      <Mark />
      <h1 className="text-xl font-semibold">{title}</h1>
      {children}
    </main>
  )
}
