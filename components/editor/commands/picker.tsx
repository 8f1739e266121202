'use client'
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { cx } from '@/components/ui/cx'

export type PickItem = {
  id: string
  title: string
  detail?: string
  icon?: ReactNode
  keys?: string
  /** Also found by these words. */
  words?: string
}
export type PickGroup = { title: string; items: readonly PickItem[] }

type Props = {
  label: string
  placeholder: string
  groups: readonly PickGroup[]
  onPick: (id: string) => void
  onClose: () => void
  /** What stands there when nothing is found. */
  nothing?: string
}

/** A list one types into: arrows choose, Enter takes, Escape leaves. */
export function Picker({ label, placeholder, groups, onPick, onClose, nothing = 'Nothing is called that.' }: Props) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const found = useMemo(() => search(groups, query), [groups, query])
  const items = found.flatMap((group) => group.items)
  const current = items[Math.min(at, items.length - 1)]
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  const move = (by: number) =>
    setAt((before) =>
      items.length === 0 ? 0 : (Math.min(before, items.length - 1) + by + items.length) % items.length,
    )
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined && event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (step !== undefined) move(step)
    else if (event.key === 'Escape') onClose()
    else if (current !== undefined) onPick(current.id)
  }
  return (
    <div className="flex min-h-0 flex-col">
      <input
        ref={takeFocus}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : `${listId}-${current.id}`}
        placeholder={placeholder}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        className="border-line h-11 w-full shrink-0 border-b bg-transparent px-3.5 text-sm outline-none"
      />
      <div ref={list} id={listId} role="listbox" aria-label={label} className="min-h-0 flex-1 overflow-auto p-1.5">
        {items.length === 0 && <p className="text-ink-faint px-2 py-4 text-center">{nothing}</p>}
        {found.map(({ title, items: inGroup }) => (
          // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role
          <div key={title} role="group" aria-label={title}>
            <p aria-hidden className="text-ink-faint px-2 pt-2 pb-1 text-xs font-medium">
              {title}
            </p>
            {inGroup.map((item) => (
              <Option
                key={item.id}
                id={`${listId}-${item.id}`}
                item={item}
                isCurrent={item === current}
                onPick={() => onPick(item.id)}
                onPoint={() => setAt(items.indexOf(item))}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

const takeFocus = (element: HTMLInputElement | null) => element?.focus({ preventScroll: true })

type OptionProps = { id: string; item: PickItem; isCurrent: boolean; onPick: () => void; onPoint: () => void }

function Option({ id, item, isCurrent, onPick, onPoint }: OptionProps) {
  const { title, detail, icon, keys } = item
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field that has the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      onClick={onPick}
      onPointerMove={isCurrent ? undefined : onPoint}
      className={cx(
        'rounded-control flex cursor-pointer items-center gap-2.5 px-2 py-1.5',
        isCurrent && 'bg-accent-tint',
      )}
    >
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{title}</span>
        {detail !== undefined && <span className="text-ink-faint block truncate text-xs">{detail}</span>}
      </span>
      {keys !== undefined && <kbd className="text-ink-faint font-sans text-xs">{keys}</kbd>}
    </div>
  )
}

/** Every word must occur; what begins with the query comes first within its group. */
function search(groups: readonly PickGroup[], query: string): readonly PickGroup[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return groups.filter(({ items }) => items.length > 0)
  const first = words[0] ?? ''
  return groups
    .map(({ title, items }) => ({
      title,
      items: items
        .filter((item) => {
          const text = `${item.title} ${item.detail ?? ''} ${item.words ?? ''}`.toLowerCase()
          return words.every((word) => text.includes(word))
        })
        .toSorted((a, b) => rank(a, first) - rank(b, first))
        .slice(0, 60),
    }))
    .filter(({ items }) => items.length > 0)
}

function rank({ title }: PickItem, word: string): number {
  const text = title.toLowerCase()
  return text.startsWith(word) ? 0 : text.includes(word) ? 1 : 2
}
