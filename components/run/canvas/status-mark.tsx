import {
  Ban,
  CircleCheck,
  CircleMinus,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Pin,
  RotateCw,
  UserRound,
} from 'lucide-react'
import { cx } from '@/components/ui/cx'
import type { NodeState } from '@/engine/run/state'

type Mark = { Icon: LucideIcon; word: string; ink: string; turns?: true }

/** How a node stands, as an icon with a word for those who don't see it. */
export function StatusMark({ state }: { state: NodeState | undefined }) {
  const mark = markOf(state)
  if (!mark) return null
  const { Icon, word, ink, turns } = mark
  return <Icon size={16} aria-label={word} className={cx('shrink-0', ink, turns && 'run-turns')} />
}

export function markOf(state: NodeState | undefined): Mark | null {
  switch (state?.status) {
    case undefined:
      return null
    case 'running':
      return { Icon: LoaderCircle, word: 'Running', ink: 'text-accent', turns: true }
    case 'retrying':
      return { Icon: RotateCw, word: 'Tries again', ink: 'text-waiting' }
    case 'waiting': {
      const { reason } = state.waiting
      const isTime = reason === 'timer' || reason === 'child'
      return isTime
        ? { Icon: Hourglass, word: 'Waits', ink: 'text-waiting' }
        : { Icon: UserRound, word: 'Waits for a person', ink: 'text-waiting' }
    }
    case 'completed':
      return state.pinned
        ? { Icon: Pin, word: 'Pinned output taken', ink: 'text-accent' }
        : { Icon: CircleCheck, word: 'Done', ink: 'text-done' }
    case 'failed':
      return { Icon: CircleX, word: 'Failed', ink: 'text-failed' }
    case 'skipped':
      return { Icon: CircleMinus, word: 'Skipped', ink: 'text-ink-faint' }
    case 'cancelled':
      return { Icon: Ban, word: 'Cancelled', ink: 'text-ink-faint' }
  }
}
