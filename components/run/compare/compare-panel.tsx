'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { StoreApi } from 'zustand'
import { useStore } from 'zustand'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { useRun, useRunStore, useSlowRunView } from '@/components/live/run-context'
import type { RunView } from '@/components/live/run-store'
import { instanceOf, placesOn } from '@/components/run/canvas/instance-of'
import { entryAt } from '@/components/run/entry-at'
import { useFocus, useFocused } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { RunStatus } from '@/components/run/status'
import { ButtonLink } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { formatCost, formatDuration, formatTokens } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/panel'
import type { Graph } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { Ref } from '@/engine/payload'
import type { RunState } from '@/engine/run/state'
import { useShowComparison } from './compare-context'
import { VerdictMark } from './compare-mark'
import { compareRuns, type Fared, type NodeComparison, type Totals } from './compare-runs'
import { OutputDiff } from './output-diff'

/** This run beside another one of the same workflow: path, outputs, time, cost. */
export function ComparePanel({ otherId }: { otherId: string }) {
  const trpc = useTRPC()
  const other = useRun(otherId)
  const place = useQuery(
    trpc.runs.graph.queryOptions({ id: otherId }, { staleTime: Number.POSITIVE_INFINITY, select: withGraph }),
  )
  if (place.error) return <p className="text-failed p-4 text-sm">The other run can not be read any more.</p>
  if (!other || !place.data) return <SkeletonRows rows={3} />
  return <Compared otherId={otherId} other={other} graph={place.data.graph} />
}

type Props = { otherId: string; other: StoreApi<RunView>; graph: Graph }

function Compared({ otherId, other, graph }: Props) {
  const { graph: mine } = useRunPlace()
  const { state } = useSlowRunView(300)
  const phase = useStore(other, (view) => view.phase)
  const theirs = useStore(other, (view) => view.state)
  const comparison = useMemo(
    () => (phase === 'ready' ? compareRuns({ graph: mine, state }, { graph, state: theirs }) : null),
    [phase, mine, state, graph, theirs],
  )
  useShowComparison(comparison)
  const selected = useFocused((focus) => focus.selected)
  const shownDifference = useShown(selected)
  if (!comparison) return <SkeletonRows rows={3} />
  const node = selected === null ? null : comparison.nodes.find(({ id }) => id === placesOn(selected).node)
  const one = selected !== null && (state.nodes.has(selected) || theirs.nodes.has(selected)) ? selected : null
  return (
    <div className="grid h-full min-h-0 md:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div className="border-line min-h-0 overflow-y-auto md:border-r">
        <TotalRows here={comparison.here} there={comparison.there} otherId={otherId} />
        <ul>
          {comparison.nodes.map((each) => (
            <NodeLineItem key={each.id} compared={each} isSelected={each.id === node?.id} />
          ))}
        </ul>
      </div>
      <div
        ref={shownDifference}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
        tabIndex={0}
        className="min-h-0 scroll-mb-40 overflow-y-auto p-4"
      >
        {node ? (
          <OutputDiff
            title={(one && entryAt(mine, state, one)?.title) ?? node.title}
            here={one === null ? (node.here?.output ?? null) : outputAt(state, one)}
            there={one === null ? (node.there?.output ?? null) : outputAt(theirs, one)}
            otherId={otherId}
          />
        ) : (
          <OutputDiff
            title="The result"
            here={comparison.here.output}
            there={comparison.there.output}
            otherId={otherId}
          />
        )}
      </div>
    </div>
  )
}

/** On a phone the difference stands below the list: it comes into view when a node is chosen. */
function useShown(selected: PathKey | null) {
  const difference = useRef<HTMLDivElement>(null)
  const shown = useRef(selected)
  useEffect(() => {
    if (shown.current !== selected && selected !== null) difference.current?.scrollIntoView({ block: 'nearest' })
    shown.current = selected
  }, [selected])
  return difference
}

/** What one item, iteration or turn gave. */
function outputAt({ nodes }: RunState, path: PathKey): Ref | null {
  const node = nodes.get(path)
  return node?.status === 'completed' ? node.output : null
}

function TotalRows({ here, there, otherId }: { here: Totals; there: Totals; otherId: string }) {
  const rows: [string, (totals: Totals) => React.ReactNode][] = [
    ['State', ({ status }) => <RunStatus status={status} />],
    ['Time', ({ took }) => formatDuration(took)],
    ['Used', ({ usage }) => formatTokens(usage.inputTokens + usage.outputTokens)],
    ['Cost', ({ usage }) => formatCost(usage.cost)],
  ]
  return (
    <table className="border-line w-full border-b text-sm">
      <thead className="text-ink-faint text-left text-xs">
        <tr>
          <td className="px-4 py-1.5" />
          <th className="font-medium">This run</th>
          <th className="font-medium">
            <ButtonLink tone="quiet" size="small" href={`/runs/${otherId}`} className="-ml-2.5">
              The other
            </ButtonLink>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, view]) => (
          <tr key={name}>
            <th className="text-ink-faint px-4 py-1 text-left font-normal">{name}</th>
            <td>{view(here)}</td>
            <td>{view(there)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NodeLineItem({ compared, isSelected }: { compared: NodeComparison; isSelected: boolean }) {
  const focus = useFocus()
  const run = useRunStore()
  const { graph } = useRunPlace()
  const { id, title, verdict, here, there } = compared
  /** Of a node in a box the instance that the canvas shows: the details know nothing of the node in general. */
  const choose = () => focus.select(instanceOf(graph, run.getState().state, focus.getState(), id) ?? id)
  return (
    <li>
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={isSelected ? () => focus.select(null) : choose}
        className={cx(
          'flex min-h-9 w-full items-center gap-2 px-4 py-1 text-left text-sm focus-visible:outline-offset-[-2px]',
          isSelected ? 'bg-accent-tint' : 'hover:bg-hover',
          verdict === 'neither' && 'opacity-50',
        )}
      >
        <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
        <VerdictMark verdict={verdict} />
        <span className="text-ink-faint text-right text-xs tabular-nums">{difference(here, there)}</span>
      </button>
    </li>
  )
}

/** How much longer and dearer it was here. */
function difference(here: Fared | null, there: Fared | null): string {
  if (!here || !there) return ''
  const took = here.took - there.took
  const cost = (here.usage?.cost ?? 0) - (there.usage?.cost ?? 0)
  const sign = (value: number) => (value < 0 ? '−' : '+')
  const time = took === 0 ? '' : `${sign(took)}${formatDuration(Math.abs(took))}`
  return cost === 0 ? time : `${time} ${sign(cost)}${formatCost(Math.abs(cost))}`
}
