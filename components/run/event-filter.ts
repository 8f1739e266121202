import type { WireEvent } from '@/engine/run/wire'
import { eventLine } from './event-line'

export const eventGroups = ['all', 'nodes', 'steps', 'run', 'trouble'] as const
export type EventGroup = (typeof eventGroups)[number]

/** The events of one group in which every word of the search occurs. */
export function filterEvents(events: readonly WireEvent[], group: EventGroup, search: string): readonly WireEvent[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (group === 'all' && words.length === 0) return events
  return events.filter((event) => isIn(event, group) && isAbout(event, words))
}

function isIn({ type }: WireEvent, group: EventGroup): boolean {
  switch (group) {
    case 'all':
      return true
    case 'nodes':
      return type.startsWith('node.')
    case 'steps':
      return type.startsWith('step.')
    case 'run':
      return type.startsWith('run.') || type === 'note' || type === 'budget.hit'
    case 'trouble':
      return type.endsWith('.failed') || type === 'node.retrying' || type === 'budget.hit'
  }
}

function isAbout(event: WireEvent, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = `${event.type} ${eventLine(event)}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
