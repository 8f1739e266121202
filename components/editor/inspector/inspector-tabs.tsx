'use client'
import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'

export const tabNames = { setup: 'Setup', data: 'Data', runs: 'Runs' } as const
export type TabName = keyof typeof tabNames

type Props = { tab: TabName; onTab: (tab: TabName) => void; label: string; content: Record<TabName, ReactNode> }

/** Only what is open is drawn. */
export function InspectorTabs({ tab, onTab, label, content }: Props) {
  const names = Object.keys(tabNames) as TabName[]
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => onTab(names.find((name) => name === value) ?? 'setup')}
      className="grid grid-cols-1 gap-3"
    >
      <Tabs.List aria-label={label} className="border-line -mx-4 flex gap-1 border-b px-3">
        {names.map((name) => (
          <Tabs.Trigger
            key={name}
            value={name}
            className="text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink -mb-px h-9 border-b-2 border-transparent px-2.5 text-sm font-medium focus-visible:outline-offset-[-2px]"
          >
            {tabNames[name]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {names.map((name) => (
        <Tabs.Content key={name} value={name}>
          {content[name]}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
