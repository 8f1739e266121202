'use client'
import './run-canvas.css'
import { useCallback } from 'react'
import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote } from '@/components/editor/graph/kinds'
import { GraphCanvas } from '@/components/graph-canvas/graph-canvas'
import { StillNote } from '@/components/graph-canvas/still-note'
import { useRunStore } from '@/components/live/run-context'
import { useFocus } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { BusyMark } from './busy-mark'
import { instanceOf } from './instance-of'
import { RunBox } from './run-box'
import { RunCard } from './run-card'
import { RunOverview } from './run-overview'
import { RunWire } from './run-wire'

const nodeTypes = { card: RunCard, box: RunBox, note: StillNote }
const edgeTypes = { wire: RunWire }
const manyNodes = 14

type Props = {
  label?: string
  /** `page`: it stands in a page that is read from top to bottom, which goes on scrolling when the pointer is over it. */
  place?: 'screen' | 'page'
}

/** The graph as it was when the run began, with what is happening in it. The drawing itself never changes. */
export function RunCanvas({ label = 'The graph of this run', place = 'screen' }: Props) {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const run = useRunStore()
  const choose = useCallback(
    (id: string | null) => {
      if (id === null) return focus.select(null)
      if (isNote(indexOf(graph).byId.get(id)?.kind ?? '')) return
      const path = instanceOf(graph, run.getState().state, focus.getState(), id) ?? id
      focus.select(focus.getState().selected === path ? null : path)
    },
    [graph, run, focus],
  )
  return (
    <GraphCanvas
      graph={graph}
      label={label}
      className="run-canvas"
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onChoose={choose}
      {...(place === 'page' && { wheel: 'page', small: 'beginning' })}
      overview={graph.nodes.length > manyNodes && <RunOverview />}
    >
      <BusyMark />
    </GraphCanvas>
  )
}
