import {
  Cable,
  Inbox,
  KeyRound,
  LayoutGrid,
  ListChecks,
  LockKeyhole,
  type LucideIcon,
  MailWarning,
  Share2,
  Workflow,
} from 'lucide-react'
import type { InboxCounts } from '@/server/live/protocol'

export type Place = {
  href: string
  title: string
  Icon: LucideIcon
  holds: readonly string[]
  /** How many things there want a person. */
  count?: keyof InboxCounts
  /** Only there when there is something. */
  onlyWithCount?: true
  /** In the bar of a phone; the others are behind "More". */
  inBar?: true
}

/** The pages that one goes to from everywhere. */
export const places: readonly Place[] = [
  { href: '/', title: 'Workflows', Icon: Workflow, holds: ['/workflows'], inBar: true },
  { href: '/gallery', title: 'Gallery', Icon: LayoutGrid, holds: ['/gallery'], inBar: true },
  { href: '/runs', title: 'Runs', Icon: ListChecks, holds: ['/runs'], inBar: true },
  { href: '/approvals', title: 'Approvals', Icon: Inbox, holds: ['/approvals'], count: 'approvals', inBar: true },
  {
    href: '/dead-letters',
    title: 'Dead letters',
    Icon: MailWarning,
    holds: ['/dead-letters'],
    count: 'deadLetters',
    onlyWithCount: true,
  },
  { href: '/shares', title: 'Shared', Icon: Share2, holds: ['/shares'] },
  { href: '/connections', title: 'Models', Icon: Cable, holds: ['/connections'] },
  { href: '/secrets', title: 'Secrets', Icon: LockKeyhole, holds: ['/secrets'] },
  { href: '/keys', title: 'Keys', Icon: KeyRound, holds: ['/keys'] },
]
