'use client'
import { Braces, Dot, FunctionSquare, List, type LucideIcon } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { cx } from '@/components/ui/cx'
import { place } from '@/components/ui/popover'
import type { Completion, Offer } from './completions'

const icons: Readonly<Record<Completion['kind'], LucideIcon>> = {
  name: Braces,
  field: Dot,
  item: List,
  filter: FunctionSquare,
  function: FunctionSquare,
}

type Props = {
  offer: Offer
  active: number
  id: string
  at: () => DOMRect
  onPick: (chosen: Completion) => void
}

/** Lies above everything, in dialogs too, and leaves the focus in the text. */
export function SuggestionList({ offer, active, id, at, onPick }: Props) {
  const panel = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = panel.current
    if (element === null) return
    if (!element.matches(':popover-open')) element.showPopover()
    place(element, at())
    element.querySelector(`[data-active]`)?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <div
      ref={panel}
      popover="manual"
      className="bg-surface text-ink border-line shadow-float fixed inset-auto m-0 max-h-64! overflow-auto rounded-card border p-1"
    >
      <p role="status" className="sr-only">
        {offer.items.length === 1 ? '1 suggestion' : `${offer.items.length} suggestions`}
      </p>
      <div role="listbox" id={id} aria-label="Data">
        {offer.items.map((item, index) => (
          <Suggestion
            key={item.label}
            item={item}
            id={`${id}-${index}`}
            active={index === active}
            onPick={() => onPick(item)}
          />
        ))}
      </div>
    </div>
  )
}

type SuggestionProps = { item: Completion; id: string; active: boolean; onPick: () => void }

function Suggestion({ item, id, active, onPick }: SuggestionProps) {
  const Icon = icons[item.kind]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text, which keeps the focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      data-active={active || undefined}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cx(
        'flex cursor-pointer items-center gap-2 rounded-control px-2 py-1 text-sm',
        active ? 'bg-accent-tint' : 'hover:bg-hover',
      )}
    >
      <Icon size={14} aria-hidden className="text-ink-faint shrink-0" />
      <span className="font-mono text-xs">{item.label}</span>
      <span className="text-ink-faint min-w-0 flex-1 truncate text-xs">{item.about}</span>
      {item.preview !== '' && <span className="text-ink-soft max-w-28 shrink-0 truncate text-xs">{item.preview}</span>}
    </div>
  )
}
