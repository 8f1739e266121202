import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePause,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Pin,
  RotateCw,
  UserRound,
} from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'
import type { NodeState } from '@/engine/run/state'
import type { PublicStatus } from '@/engine/run/summary'

type Look = { word: string; Icon: LucideIcon; tone: Tone; turns?: true }

const runLooks: Record<PublicStatus, Look> = {
  queued: { word: 'Queued', Icon: CircleDashed, tone: 'neutral' },
  running: { word: 'Running', Icon: LoaderCircle, tone: 'accent', turns: true },
  waiting: { word: 'Waiting', Icon: Hourglass, tone: 'waiting' },
  paused: { word: 'Paused', Icon: CirclePause, tone: 'waiting' },
  completed: { word: 'Completed', Icon: CircleCheck, tone: 'done' },
  failed: { word: 'Failed', Icon: CircleX, tone: 'failed' },
  cancelled: { word: 'Cancelled', Icon: Ban, tone: 'neutral' },
}

export const runStatusWord = (status: PublicStatus): string => runLooks[status].word

export function RunStatus({ status }: { status: PublicStatus }) {
  const { word, Icon, tone, turns } = runLooks[status]
  return (
    <Badge tone={tone}>
      <Icon size={14} aria-hidden className={cx(turns && 'animate-turn')} />
      {word}
    </Badge>
  )
}

const idle: Look = { word: 'Not started', Icon: CircleDashed, tone: 'neutral' }

function nodeLook(state: NodeState | undefined): Look {
  switch (state?.status) {
    case undefined:
      return idle
    case 'running':
      return { word: 'Running', Icon: LoaderCircle, tone: 'accent', turns: true }
    case 'retrying':
      return { word: 'Tries again', Icon: RotateCw, tone: 'waiting' }
    case 'waiting':
      return waitingLook(state.waiting.reason)
    case 'completed':
      return state.pinned
        ? { word: 'Pinned', Icon: Pin, tone: 'accent' }
        : { word: 'Done', Icon: CircleCheck, tone: 'done' }
    case 'failed':
      return { word: 'Failed', Icon: CircleX, tone: 'failed' }
    case 'skipped':
      return { word: 'Skipped', Icon: CircleMinus, tone: 'neutral' }
    case 'cancelled':
      return { word: 'Cancelled', Icon: Ban, tone: 'neutral' }
  }
}

function waitingLook(reason: 'approval' | 'tool_approval' | 'doubt' | 'timer' | 'child'): Look {
  switch (reason) {
    case 'approval':
    case 'tool_approval':
    case 'doubt':
      return { word: 'Waits for a person', Icon: UserRound, tone: 'waiting' }
    case 'timer':
      return { word: 'Waits for its time', Icon: Hourglass, tone: 'waiting' }
    case 'child':
      return { word: 'Waits for another run', Icon: Hourglass, tone: 'waiting' }
  }
}

const inks: Record<Tone, string> = {
  neutral: 'text-ink-faint',
  accent: 'text-accent',
  done: 'text-done',
  waiting: 'text-waiting',
  failed: 'text-failed',
}

/** Icon and word of a node's state. */
export function NodeStatus({ state }: { state: NodeState | undefined }) {
  const { word, Icon, tone, turns } = nodeLook(state)
  return (
    <span className={cx('inline-flex items-center gap-1.5 text-sm whitespace-nowrap', inks[tone])}>
      <Icon size={15} aria-hidden className={cx('shrink-0', turns && 'animate-turn')} />
      {word}
    </span>
  )
}
