import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx'

const tones = {
  info: { box: 'bg-sunken border-line text-ink-soft', Icon: Info },
  waiting: { box: 'bg-waiting-tint border-transparent text-waiting', Icon: TriangleAlert },
  failed: { box: 'bg-failed-tint border-transparent text-failed', Icon: CircleAlert },
} as const

type NoticeProps = { tone?: keyof typeof tones; title?: string; actions?: ReactNode; children?: ReactNode }

/** Something to know about what stands below it. */
export function Notice({ tone = 'info', title, actions, children }: NoticeProps) {
  const { box, Icon } = tones[tone]
  return (
    <div
      role={tone === 'failed' ? 'alert' : 'note'}
      className={cx('rounded-card flex items-start gap-2.5 border p-3 text-sm', box)}
    >
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children !== undefined && <div className="text-ink break-words">{children}</div>}
      </div>
      {actions}
    </div>
  )
}
