'use client'
import { Ellipsis, Search } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useInbox } from '@/components/live/inbox'
import { cx } from '@/components/ui/cx'
import { Popover } from '@/components/ui/popover'
import { openCommands } from './commands'
import { type Place, places } from './places'
import { SignOutButton } from './sign-out-button'

/** A rail at the left; on a phone a bar at the bottom, where the thumb is. */
export function Nav() {
  const pathname = usePathname()
  const inbox = useInbox()
  const isHere = ({ href, holds }: Place) => pathname === href || holds.some((start) => pathname.startsWith(start))
  const countOf = ({ count }: Place) => (count && inbox ? inbox[count].count : 0)
  const shown = places.filter((place) => !place.onlyWithCount || countOf(place) > 0 || isHere(place))
  const entries = shown.map((place) => ({ place, isHere: isHere(place), count: countOf(place) }))
  const behind = entries.filter(({ place }) => !place.inBar)
  return (
    <nav
      aria-label="Main"
      className="bg-surface border-line fixed inset-x-0 bottom-0 z-20 border-t pb-[env(safe-area-inset-bottom)] md:sticky md:top-0 md:h-dvh md:w-[88px] md:shrink-0 md:overflow-y-auto md:border-t-0 md:border-r md:pb-0"
    >
      <ul className="grid grid-cols-5 md:flex md:min-h-full md:flex-col md:gap-1 md:p-1.5 md:pt-3">
        <li className="hidden pb-2 md:block">
          <Link href="/" aria-label="Baton, to the workflows" className="grid h-10 place-items-center rounded-card">
            <Mark />
          </Link>
        </li>
        {entries.map((entry) => (
          <li key={entry.place.href} className={cx(!entry.place.inBar && 'hidden md:block')}>
            <PlaceLink {...entry} />
          </li>
        ))}
        <li className="md:hidden">
          <More entries={behind} />
        </li>
        <li className="hidden md:block">
          <button type="button" onClick={openCommands} aria-keyshortcuts="Control+K Meta+K" className={tile(false)}>
            <Search size={18} aria-hidden />
            Go to…
          </button>
        </li>
        <li className="mt-auto hidden md:block">
          <SignOutButton className={tile(false)} />
        </li>
      </ul>
    </nav>
  )
}

type Entry = { place: Place; isHere: boolean; count: number }

const tile = (isHere: boolean): string =>
  cx(
    'grid h-14 w-full content-center justify-items-center gap-1 text-xs font-medium transition-colors md:rounded-card',
    isHere ? 'text-accent md:bg-accent-tint' : 'text-ink-soft hover:text-ink md:hover:bg-hover',
  )

function PlaceLink({ place: { href, title, Icon, count: kind }, isHere, count }: Entry) {
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined} className={tile(isHere)}>
      <span className="relative">
        <Icon size={18} aria-hidden />
        {count > 0 && <Count count={count} tone={kind === 'deadLetters' ? 'failed' : 'waiting'} />}
      </span>
      {title}
    </Link>
  )
}

const most = 1_000

function Count({ count, tone }: { count: number; tone: 'waiting' | 'failed' }) {
  return (
    <span
      className={cx(
        'absolute -top-1.5 left-3 min-w-4 rounded-full px-1 text-center text-[10px] leading-4 font-semibold',
        tone === 'failed' ? 'bg-failed-tint text-failed' : 'bg-waiting-tint text-waiting',
      )}
    >
      {count >= most ? `${most - 1}+` : count}
    </span>
  )
}

function More({ entries }: { entries: readonly Entry[] }) {
  const isHere = entries.some((entry) => entry.isHere)
  const wants = entries.reduce((sum, { count }) => sum + count, 0)
  return (
    <Popover
      label="More pages"
      className="p-1.5"
      trigger={(wiring) => (
        <button type="button" {...wiring} className={tile(isHere)}>
          <span className="relative">
            <Ellipsis size={18} aria-hidden />
            {wants > 0 && <Count count={wants} tone="failed" />}
          </span>
          More
        </button>
      )}
    >
      {(close) => (
        <ul>
          {entries.map(({ place: { href, title, Icon }, count, isHere: here }) => (
            <li key={href}>
              <Link
                href={href}
                onClick={close}
                aria-current={here ? 'page' : undefined}
                className={cx(
                  'hover:bg-hover flex h-11 items-center gap-3 rounded-control px-3 text-sm font-medium',
                  here && 'text-accent',
                )}
              >
                <Icon size={18} aria-hidden />
                {title}
                {count > 0 && <span className="text-failed ml-auto text-xs">{Math.min(count, most - 1)}</span>}
              </Link>
            </li>
          ))}
          <li className="border-line mt-1.5 border-t pt-1.5">
            <SignOutButton className="hover:bg-hover flex h-11 w-full items-center gap-3 rounded-control px-3 text-sm font-medium" />
          </li>
        </ul>
      )}
    </Popover>
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
