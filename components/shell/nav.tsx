'use client'
import { Cable, KeyRound, LayoutGrid, ListChecks, LockKeyhole, type LucideIcon, Share2, Workflow } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '@/components/ui/cx'

type Place = { href: string; title: string; Icon: LucideIcon; holds: readonly string[] }

export const places: readonly Place[] = [
  { href: '/', title: 'Workflows', Icon: Workflow, holds: ['/workflows'] },
  { href: '/gallery', title: 'Gallery', Icon: LayoutGrid, holds: ['/gallery'] },
  { href: '/runs', title: 'Runs', Icon: ListChecks, holds: ['/runs'] },
  { href: '/shares', title: 'Shared', Icon: Share2, holds: ['/shares'] },
  { href: '/connections', title: 'Models', Icon: Cable, holds: ['/connections'] },
  { href: '/secrets', title: 'Secrets', Icon: LockKeyhole, holds: ['/secrets'] },
  { href: '/keys', title: 'Keys', Icon: KeyRound, holds: ['/keys'] },
]

/** A rail at the left; on a phone a bar at the bottom, where the thumb is. */
export function Nav() {
  const pathname = usePathname()
  const isHere = ({ href, holds }: Place) => pathname === href || holds.some((start) => pathname.startsWith(start))
  return (
    <nav
      aria-label="Main"
      className="bg-surface border-line fixed inset-x-0 bottom-0 z-20 border-t pb-[env(safe-area-inset-bottom)] md:sticky md:top-0 md:h-dvh md:w-[88px] md:shrink-0 md:border-t-0 md:border-r md:pb-0"
    >
      <ul className="grid auto-cols-fr grid-flow-col md:auto-cols-auto md:grid-flow-row md:grid-cols-1 md:gap-1 md:p-1.5 md:pt-3">
        <li className="hidden pb-2 md:block">
          <Link href="/" aria-label="Baton, to the workflows" className="grid h-10 place-items-center rounded-card">
            <Mark />
          </Link>
        </li>
        {places.map((place) => (
          <li key={place.href}>
            <Link
              href={place.href}
              aria-current={isHere(place) ? 'page' : undefined}
              className={cx(
                'grid h-14 content-center justify-items-center gap-1 text-[11px] font-medium md:text-xs transition-colors md:rounded-card',
                isHere(place) ? 'text-accent md:bg-accent-tint' : 'text-ink-soft hover:text-ink md:hover:bg-hover',
              )}
            >
              <place.Icon size={18} aria-hidden />
              {place.title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A conductor's baton. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-8">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M11 21 25 7" strokeWidth="2.5" strokeLinecap="round" className="stroke-on-accent" />
      <circle cx="10" cy="22" r="4" className="fill-on-accent" />
    </svg>
  )
}
