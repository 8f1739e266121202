import { Minus, PencilLine, Plus } from 'lucide-react'
import { cx } from '@/components/ui/cx'
import type { Mark } from './compare-graphs'

const looks = {
  added: { look: 'bg-done-tint text-done', icon: Plus },
  removed: { look: 'bg-failed-tint text-failed', icon: Minus },
  changed: { look: 'bg-waiting-tint text-waiting', icon: PencilLine },
} as const satisfies { readonly [mark in Mark]: unknown }

export function MarkBadge({ mark }: { mark: Mark }) {
  const { look, icon: Icon } = looks[mark]
  return (
    <span className={cx('inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-1.5 text-xs font-semibold', look)}>
      <Icon size={12} aria-hidden />
      {mark}
    </span>
  )
}
