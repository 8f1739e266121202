'use client'
import { useMutation } from '@tanstack/react-query'
import { ExternalLink, Pin, Square } from 'lucide-react'
import { useTRPC } from '@/components/api/trpc'
import { useEditorState } from '@/components/editor/store/context'
import { RunProvider, useRun, useRunView } from '@/components/live/run-context'
import { Running } from '@/components/run/canvas/card-meta'
import { failureAdvice } from '@/components/run/failure-advice'
import { durationOf, isSimulated, isUnderWay } from '@/components/run/node-numbers'
import { RefView } from '@/components/run/ref-view'
import { RunPlaceProvider } from '@/components/run/run-place'
import { NodeStatus } from '@/components/run/status'
import { usageText, usingInside } from '@/components/run/usage-text'
import { readableStart } from '@/components/run/value-text'
import { useWholeValue } from '@/components/run/values/use-whole-value'
import { SimulatedBadge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { formatDuration } from '@/components/ui/format'
import { Markdown } from '@/components/ui/markdown'
import { Notice } from '@/components/ui/notice'
import type { PathKey } from '@/engine/path'
import type { NodeState, RunState } from '@/engine/run/state'
import { isOver } from '@/engine/run/state'
import type { InspectorAction } from '../inspector-context'
import { useInspector } from '../inspector-scope'

type Props = { runId: string; node: string; onAction: (action: InspectorAction) => void }

/** A node that runs by itself, live: what it says, what came out, what it took. */
export function AloneRun({ runId, node, onAction }: Props) {
  const graph = useEditorState((state) => state.graph)
  const store = useRun(runId)
  if (store === null) return <p className="text-ink-faint text-sm">Starting…</p>
  return (
    <RunPlaceProvider place={{ runId, graph, workflowId: null, version: null, name: graph.name }}>
      <RunProvider value={store}>
        <section aria-label="The run of this node alone" className="border-line grid gap-3 rounded-card border p-3">
          <Head runId={runId} node={node} onAction={onAction} />
          <Words node={node} />
          <Outcome node={node} onAction={onAction} />
        </section>
      </RunProvider>
    </RunPlaceProvider>
  )
}

const useNode = (node: PathKey): NodeState | undefined => useRunView(({ state }) => state.nodes.get(node))

function Head({ runId, node, onAction }: Props) {
  const state = useNode(node)
  const usage = useRunView((view) => usageText(usingInside(view, node)))
  const simulated = useRunView((view) => isSimulated(view.state, node))
  const isLive = useRunView((view) => view.phase === 'ready' && !isOver(view.state.run))
  const trpc = useTRPC()
  const cancel = useMutation(trpc.runs.cancel.mutationOptions())
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <NodeStatus state={state} />
      {simulated && <SimulatedBadge />}
      <span className="text-ink-faint text-xs">
        {state && 'startedAt' in state && (
          <>
            {isUnderWay(state) ? <Running from={state.startedAt} /> : formatDuration(durationOf(state, 0))}
            {usage !== '' && ` · ${usage}`}
          </>
        )}
      </span>
      <span className="ml-auto flex">
        {isLive && (
          <IconButton label="Stop it" onClick={() => cancel.mutate({ id: runId })}>
            <Square size={14} aria-hidden />
          </IconButton>
        )}
        <IconButton label="Open this run" onClick={() => onAction({ type: 'open_run', runId, path: node })}>
          <ExternalLink size={16} aria-hidden />
        </IconButton>
      </span>
    </div>
  )
}

/** The words of whatever speaks, the node itself or something in it. */
function Words({ node }: { node: PathKey }) {
  const words = useRunView(({ streams }) => {
    const speaking = [...streams.values()].findLast(
      ({ path }) => path === node || path.startsWith(`${node}/`) || path.startsWith(`${node}[`),
    )
    return speaking?.text ?? ''
  })
  if (words === '') return null
  return (
    <div className="max-h-80 overflow-auto text-sm">
      <Markdown text={readableStart(words)} />
    </div>
  )
}

function Outcome({ node, onAction }: Omit<Props, 'runId'>) {
  const state = useNode(node)
  const standing = useRunView((view) => standingOf(view.state))
  return (
    <>
      {state && 'failure' in state && (
        <Notice tone="failed" title={state.failure.message}>
          {failureAdvice[state.failure.code]}
        </Notice>
      )}
      {standing !== null && <Notice tone="waiting">{standing}</Notice>}
      {state?.status === 'completed' && <Output state={state} onAction={onAction} />}
    </>
  )
}

type Completed = Extract<NodeState, { status: 'completed' }>

function Output({ state, onAction }: { state: Completed; onAction: Props['onAction'] }) {
  const { pin, readOnly } = useInspector().context
  const seen = state.detail ?? state.output
  const value = useWholeValue(seen)
  return (
    <div className="grid gap-2 text-sm">
      <RefView value={seen} whole />
      {pin.type !== 'unavailable' && !readOnly && value !== undefined && (
        <div>
          <Button
            size="small"
            tone="quiet"
            icon={<Pin size={14} aria-hidden />}
            onClick={() => onAction({ type: 'pin', value })}
          >
            Pin this output
          </Button>
        </div>
      )}
    </div>
  )
}

/** Why nothing goes on although nothing is over; null when there is no such reason. */
function standingOf({ run, nodes }: RunState): string | null {
  if (run.status === 'paused') return run.detail ?? 'It is paused. Open the run to let it go on.'
  if (run.status === 'failed' && ![...nodes.values()].some((node) => 'failure' in node)) return run.failure.message
  const asks = [...nodes.values()].some(
    (node) => node.status === 'waiting' && node.waiting.reason !== 'timer' && node.waiting.reason !== 'child',
  )
  return asks ? 'It waits for a person. Open the run to decide.' : null
}
