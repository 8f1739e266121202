'use client'
import { MessageCircleQuestion, ShieldQuestion, UserRound } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Deadline } from '@/components/run/approval-card'
import { cx } from '@/components/ui/cx'
import { RelativeTime } from '@/components/ui/time'
import type { ApprovalView } from '@/server/approvals/approval-view'
import { approvalHref, keyOf } from './place-key'

const icons = { approval: UserRound, tool_approval: ShieldQuestion, doubt: MessageCircleQuestion } as const

type Props = { items: readonly ApprovalView[]; chosen: string | null; onChoose: (key: string) => void }

export function ApprovalRows({ items, chosen, onChoose }: Props) {
  return (
    <ul className="bg-surface border-line rounded-card divide-line divide-y overflow-hidden border">
      {items.map((item) => (
        <Row key={`${keyOf(item)} ${item.wait}`} item={item} isChosen={keyOf(item) === chosen} onChoose={onChoose} />
      ))}
    </ul>
  )
}

function Row({ item, isChosen, onChoose }: { item: ApprovalView; isChosen: boolean; onChoose: Props['onChoose'] }) {
  const link = useRef<HTMLAnchorElement>(null)
  const { reason, title, workflowName, nodeName, since, deadline, onTimeout } = item
  const Icon = icons[reason]
  useEffect(() => {
    if (!isChosen) return
    link.current?.scrollIntoView({ block: 'nearest' })
    // The focus goes along when it stood on another row.
    if (document.activeElement?.matches('[data-row]')) link.current?.focus({ preventScroll: true })
  }, [isChosen])
  return (
    <li>
      <a
        ref={link}
        href={approvalHref(item)}
        data-row
        aria-current={isChosen ? 'true' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          onChoose(keyOf(item))
        }}
        className={cx(
          'flex gap-3 px-3.5 py-3 transition-colors focus-visible:outline-offset-[-2px]',
          isChosen ? 'bg-accent-tint' : 'hover:bg-hover',
        )}
      >
        <Icon size={16} aria-hidden className="text-waiting mt-0.5 shrink-0" />
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span className="line-clamp-2 text-sm font-medium break-words">{title}</span>
          <span className="text-ink-faint truncate text-xs">
            {workflowName ?? 'A graph from a file'} · {nodeName}
          </span>
          {deadline !== null && onTimeout !== null && (
            <span className="text-waiting truncate text-xs">
              <Deadline at={deadline} onTimeout={onTimeout} />
            </span>
          )}
        </span>
        <span className="text-ink-faint shrink-0 text-xs">
          <RelativeTime at={since} />
        </span>
      </a>
    </li>
  )
}
