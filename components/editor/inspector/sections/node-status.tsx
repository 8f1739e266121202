import { Ban, CircleCheck, CircleMinus, CircleX, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { NodeRun } from '../inspector-context'

const looks: Readonly<Record<NodeRun['status'], { word: string; Icon: LucideIcon; tone: Tone }>> = {
  completed: { word: 'Done', Icon: CircleCheck, tone: 'done' },
  failed: { word: 'Failed', Icon: CircleX, tone: 'failed' },
  running: { word: 'Running', Icon: LoaderCircle, tone: 'accent' },
  waiting: { word: 'Waiting', Icon: Hourglass, tone: 'waiting' },
  skipped: { word: 'Skipped', Icon: CircleMinus, tone: 'neutral' },
  cancelled: { word: 'Cancelled', Icon: Ban, tone: 'neutral' },
}

export function StatusBadge({ status }: { status: NodeRun['status'] }) {
  const { word, Icon, tone } = looks[status]
  return (
    <Badge tone={tone}>
      <Icon size={14} aria-hidden />
      {word}
    </Badge>
  )
}
