'use client'
import { memo, useMemo } from 'react'
import { placesOf } from '@/components/editor/graph/geometry'
import { indexOf } from '@/components/editor/graph/graph-index'
import { useRunView } from '@/components/live/run-context'
import { useRunPlace } from '@/components/run/run-place'
import { leadOf } from '@/components/run/transcript/transcript'
import { cx } from '@/components/ui/cx'
import type { GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import { talksOf } from './talk'

type Props = { team: GraphNode; path: PathKey; width: number; height: number }

/** Thin lines between the members of a team: who speaks to whom. They lie below the cards. */
export const TalkLines = memo(function TalkLines({ team, path, width, height }: Props) {
  const { graph } = useRunPlace()
  const setup = useMemo(
    () => ({
      mode: String(team.config.mode),
      lead: leadOf(graph, team),
      members: (indexOf(graph).children.get(team.id) ?? []).map(({ id }) => id),
    }),
    [graph, team],
  )
  // As text, so that it is drawn again only when somebody else speaks.
  const talks = useRunView(({ state }) =>
    talksOf(state, path, setup)
      .map(({ from, to, isNow }) => `${from} ${to} ${isNow ? 'now' : 'before'}`)
      .join('\n'),
  )
  const places = placesOf(graph)
  const middle = (id: string) => {
    const place = places.get(id)
    return place ? { x: place.at.x + place.size.width / 2, y: place.at.y + place.size.height / 2 } : null
  }
  return (
    <svg aria-hidden width={width} height={height} className="pointer-events-none absolute inset-0 overflow-visible">
      {talks
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [from = '', to = '', when] = line.split(' ')
          const [a, b] = [middle(from), middle(to)]
          if (!a || !b) return null
          return (
            <path
              key={`${from} ${to}`}
              d={`M ${a.x} ${a.y} L ${b.x} ${b.y}`}
              className={cx('run-talk', when === 'now' && 'is-now')}
            />
          )
        })}
    </svg>
  )
})
