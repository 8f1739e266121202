'use client'
import { memo, useMemo } from 'react'
import type { Family } from '@/components/node-kit/view'
import { cx } from '@/components/ui/cx'
import type { GraphSketch } from '@/engine/graph/sketch'
import { drawThumbnail, type ThumbnailShape } from './draw-thumbnail'

const frame = { width: 320, height: 136 }

const tints: Record<Family, string> = {
  people: 'fill-people-tint stroke-people',
  flow: 'fill-flow-tint stroke-flow',
  data: 'fill-data-tint stroke-data',
  human: 'fill-human-tint stroke-human',
  ends: 'fill-ends-tint stroke-ends',
  note: 'fill-ends-tint stroke-ends',
}
const hues: Record<Family, string> = {
  people: 'fill-people',
  flow: 'fill-flow',
  data: 'fill-data',
  human: 'fill-human',
  ends: 'fill-ends',
  note: 'fill-ends',
}

type Props = { sketch: GraphSketch; className?: string }

/** What a workflow looks like from far away. Says nothing that its name doesn't say better, so it isn't read out. */
export const GraphThumbnail = memo(function GraphThumbnail({ sketch, className }: Props) {
  const { boxes, cards, lines } = useMemo(() => drawThumbnail(sketch, frame), [sketch])
  return (
    <svg
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      aria-hidden="true"
      className={cx('bg-sunken block w-full', className)}
    >
      {boxes.map(({ id, family, x, y, width, height }) => (
        <rect
          key={id}
          {...{ x, y, width, height }}
          rx={Math.min(5, height / 6)}
          strokeWidth={0.8}
          strokeOpacity={0.45}
          fillOpacity={0.55}
          className={tints[family]}
        />
      ))}
      {lines.map(({ id, path }) => (
        <path key={id} d={path} fill="none" strokeWidth={1} className="stroke-ink-faint" strokeOpacity={0.7} />
      ))}
      {cards.map((card) => (
        <SmallCard key={card.id} card={card} />
      ))}
    </svg>
  )
})

/** Too small for words: the hue of its family, and a bar where the name stands if there is room for one. */
function SmallCard({ card: { family, x, y, width, height } }: { card: ThumbnailShape }) {
  const icon = Math.min(height * 0.42, 9)
  const middle = y + height / 2
  return (
    <>
      <rect
        {...{ x, y, width, height }}
        rx={Math.min(3.5, height / 4)}
        strokeWidth={0.8}
        strokeOpacity={0.75}
        className={tints[family]}
      />
      {width >= 18 && (
        <>
          <rect
            x={x + icon * 0.6}
            y={middle - icon / 2}
            width={icon}
            height={icon}
            rx={icon / 4}
            className={hues[family]}
          />
          <rect
            x={x + icon * 2.1}
            y={middle - icon / 4}
            width={Math.max(0, width - icon * 3)}
            height={icon / 2}
            rx={icon / 4}
            opacity={0.35}
            className={hues[family]}
          />
        </>
      )}
    </>
  )
}
