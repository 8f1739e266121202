import { Box } from 'lucide-react'
import { cx } from '@/components/ui/cx'
import type { Family, KindView } from './view'

const hues: Record<Family, string> = {
  people: 'bg-people-tint text-people',
  flow: 'bg-flow-tint text-flow',
  data: 'bg-data-tint text-data',
  human: 'bg-human-tint text-human',
  ends: 'bg-ends-tint text-ends',
  note: 'bg-ends-tint text-ends',
}

/** The icon of a kind on the hue of its family. A kind that isn't known here looks like a plain box. */
export function KindIcon({ view, size = 'normal' }: { view: KindView | undefined; size?: 'small' | 'normal' }) {
  const Icon = view?.icon ?? Box
  return (
    <span
      className={cx(
        'grid shrink-0 place-items-center rounded-control',
        size === 'small' ? 'size-6' : 'size-8',
        hues[view?.family ?? 'ends'],
      )}
    >
      <Icon size={size === 'small' ? 14 : 16} aria-hidden />
    </span>
  )
}
