'use client'
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

type Tab = { id: string; title: string; note?: string; content: ReactNode }

type TabsProps = { tabs: readonly Tab[]; label: string; value?: string; onChange?: (value: string) => void }

/** With `value` whoever uses it keeps which tab is open. */
export function Tabs({ tabs, label, value, onChange }: TabsProps) {
  const kept = value !== undefined && tabs.some(({ id }) => id === value) ? value : (tabs[0]?.id ?? '')
  const wiring = onChange === undefined ? { defaultValue: tabs[0]?.id ?? '' } : { value: kept, onValueChange: onChange }
  return (
    <Radix.Root {...wiring} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Radix.List
        aria-label={label}
        className="border-line flex gap-1 overflow-x-auto overflow-y-hidden border-b [scrollbar-width:none]"
      >
        {tabs.map(({ id, title, note }) => (
          <Radix.Trigger
            key={id}
            value={id}
            className="text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink -mb-px h-10 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap transition-colors focus-visible:outline-offset-[-2px]"
          >
            {title}
            {note !== undefined && <span className="text-ink-faint ml-1.5 font-normal">{note}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} value={id}>
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
