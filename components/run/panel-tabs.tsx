'use client'
import { type ReactNode, useId, useState } from 'react'
import { cx } from '@/components/ui/cx'

export type PanelTab = { id: string; title: string; note?: string | undefined; content: () => ReactNode }
type Props = {
  label: string
  tabs: readonly PanelTab[]
  open?: string | undefined
  usual?: string
  actions?: ReactNode
}

/**
 * Tabs that fill their panel; only the open one is there at all. `open` asks for another tab when it changes; `usual` is
 * the one that is shown as long as nobody has chosen.
 */
export function PanelTabs({ label, tabs, open, usual, actions }: Props) {
  const [chosen, setChosen] = useState<{ tab: string | undefined; asked: string | undefined }>({
    tab: open,
    asked: open,
  })
  if (open !== chosen.asked) setChosen({ tab: open ?? chosen.tab, asked: open })
  const tab = (id: string | undefined) => tabs.find((each) => each.id === id)
  const shown = tab(chosen.tab) ?? tab(usual) ?? tabs[0]
  const base = useId()
  const move = (by: number) => {
    const at = tabs.findIndex(({ id }) => id === shown?.id)
    const next = tabs[(at + by + tabs.length) % tabs.length]
    if (!next) return
    setChosen({ tab: next.id, asked: open })
    document.getElementById(`${base}-${next.id}`)?.focus()
  }
  return (
    <div className="bg-surface flex h-full min-h-0 flex-col">
      <div className="border-line flex flex-wrap items-center justify-end border-b pr-2">
        <div
          role="tablist"
          aria-label={label}
          className="flex min-w-0 flex-1 basis-72 overflow-x-auto overflow-y-hidden px-2 [scrollbar-width:none]"
        >
          {tabs.map(({ id, title, note }) => (
            <button
              key={id}
              id={`${base}-${id}`}
              type="button"
              role="tab"
              aria-selected={id === shown?.id}
              aria-controls={`${base}-panel`}
              tabIndex={id === shown?.id ? 0 : -1}
              onClick={() => setChosen({ tab: id, asked: open })}
              onKeyDown={(event) => {
                if (event.key === 'ArrowRight') move(1)
                if (event.key === 'ArrowLeft') move(-1)
              }}
              className={cx(
                '-mb-px h-9 border-b-2 px-3 text-sm font-medium whitespace-nowrap transition-colors focus-visible:outline-offset-[-2px]',
                id === shown?.id ? 'border-accent text-ink' : 'text-ink-soft hover:text-ink border-transparent',
              )}
            >
              {title}
              {note !== undefined && <span className="text-ink-faint ml-1.5 font-normal">{note}</span>}
            </button>
          ))}
        </div>
        {actions}
      </div>
      <div id={`${base}-panel`} role="tabpanel" aria-label={shown?.title} className="min-h-0 flex-1">
        {shown?.content()}
      </div>
    </div>
  )
}
