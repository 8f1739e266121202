import type { WireEvent } from '@/engine/run/wire'
import { eventLine, type NameOf } from './event-line'

export const eventGroups = ['all', 'nodes', 'steps', 'run', 'trouble'] as const
export type EventGroup = (typeof eventGroups)[number]

type Wanted = { group: EventGroup; search: string; nameOf?: NameOf }

/** The events of one group in which every word of the search occurs: as it reads, in its type or in its path. */
export function filterEvents(events: readonly WireEvent[], { group, search, nameOf }: Wanted): readonly WireEvent[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (group === 'all' && words.length === 0) return events
  return events.filter((event) => isIn(event, group) && isAbout(event, words, nameOf))
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

function isAbout(event: WireEvent, words: readonly string[], nameOf: NameOf | undefined): boolean {
  if (words.length === 0) return true
  const ids = 'path' in event ? `${event.path} ${'step' in event ? event.step : ''}` : ''
  const text = `${event.type} ${ids} ${eventLine(event, nameOf)}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
