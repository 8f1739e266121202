import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

type PageProps = {
  title: ReactNode
  back?: { href: string; title: string }
  badges?: ReactNode
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** The frame of a page: where one is, what it is called, what one can do, and then the content. */
export function Page({ title, back, badges, about, actions, children }: PageProps) {
  return (
    <div className="mx-auto grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-5 md:px-8 md:py-7">
      <header className="grid gap-1.5">
        {back && (
          <Link
            href={back.href}
            className="text-ink-faint hover:text-ink -ml-1 inline-flex max-w-full items-center gap-0.5 justify-self-start rounded-control text-sm"
          >
            <ChevronLeft size={16} aria-hidden className="shrink-0" />
            <span className="truncate">{back.title}</span>
          </Link>
        )}
        <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1
              {...(typeof title === 'string' && { title })}
              className="line-clamp-2 min-w-0 text-xl font-semibold break-words"
            >
              {title}
            </h1>
            {badges}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
        {about && <div className="text-ink-soft max-w-3xl text-sm text-pretty">{about}</div>}
      </header>
      {children}
    </div>
  )
}
