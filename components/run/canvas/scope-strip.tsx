import { memo } from 'react'
import type { ScopeMark } from './box-progress'

/** All items of a box in one thin line, each in the colour of how it stands. */
export const ScopeStrip = memo(function ScopeStrip({ marks, width }: { marks: readonly ScopeMark[]; width: number }) {
  const length = (width - 24) / Math.max(1, marks.length)
  return (
    <svg aria-hidden width={width - 24} height={4} className="pointer-events-none absolute top-[43px] left-3">
      {stretches(marks).map(({ mark, from, to }) => (
        <rect
          key={from}
          x={from * length}
          y={0}
          rx={1.5}
          width={Math.max(1, (to - from) * length - (length > 4 ? 1 : 0))}
          height={4}
          className={`run-strip-${mark}`}
        />
      ))}
    </svg>
  )
})

type Stretch = { mark: ScopeMark; from: number; to: number }

/** Neighbours that stand alike are drawn as one where there are many; few are drawn one by one. */
function stretches(marks: readonly ScopeMark[]): Stretch[] {
  const list: Stretch[] = []
  marks.forEach((mark, index) => {
    const last = list.at(-1)
    if (marks.length > 60 && last?.mark === mark) last.to = index + 1
    else list.push({ mark, from: index, to: index + 1 })
  })
  return list
}
