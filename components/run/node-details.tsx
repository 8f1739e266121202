'use client'
import { useRunView } from '@/components/live/run-context'
import { SimulatedBadge } from '@/components/ui/badge'
import { formatCost, formatDuration, formatTokens } from '@/components/ui/format'
import { Markdown } from '@/components/ui/markdown'
import { Notice } from '@/components/ui/notice'
import { views } from '@/nodes/registry/views'
import { durationOf, isSimulated, usageOf } from './node-numbers'
import { Part } from './part'
import { RefView } from './ref-view'
import type { NodeEntry } from './run-tree'
import { NodeStatus } from './status'
import { StepList } from './step-list'
import { readableStart } from './value-text'

/** Everything about one node of the run: what came out, what it took, and step by step how. */
export function NodeDetails({ entry }: { entry: NodeEntry }) {
  const { node, path, state } = entry
  const runState = useRunView((view) => view.state)
  const usage = usageOf(runState, path)
  const simulated = useRunView((view) => isSimulated(view.state, path))
  const words = useRunView((view) => [...view.streams.values()].find((stream) => stream.path === path)?.text ?? '')
  return (
    <div className="grid gap-4 p-4 text-sm max-md:p-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <NodeStatus state={state} />
        <span className="text-ink-faint">{views[node.kind]?.title ?? node.kind}</span>
        <code className="text-ink-faint font-mono text-xs break-all">{path}</code>
        {simulated && <SimulatedBadge />}
      </div>
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {state && 'endedAt' in state && 'startedAt' in state && (
          <Fact name="Took" value={formatDuration(durationOf(state, 0))} />
        )}
        {state && 'attempt' in state && state.attempt > 1 && <Fact name="Attempt" value={String(state.attempt)} />}
        {usage && <Fact name="Used" value={formatTokens(usage.inputTokens + usage.outputTokens)} />}
        {usage && <Fact name="Cost" value={formatCost(usage.cost)} />}
      </dl>
      {state && 'failure' in state && (
        <Notice tone="failed" title={state.failure.code.replaceAll('_', ' ')}>
          {state.failure.message}
        </Notice>
      )}
      {state?.status === 'completed' && state.decision && <DecisionFacts decision={state.decision} />}
      {words !== '' && (
        <Part title="Says now">
          <Markdown text={readableStart(words)} />
        </Part>
      )}
      {state?.status === 'completed' && (
        <Part title="Came out">
          <RefView value={state.output} />
        </Part>
      )}
      {state?.status === 'completed' && state.detail && (
        <Part title="Details">
          <RefView value={state.detail} />
        </Part>
      )}
      <StepList path={path} />
      <Part title="Setup">
        <pre className="bg-sunken border-line max-h-80 overflow-auto rounded-control border p-3 font-mono text-xs whitespace-pre-wrap break-words">
          {JSON.stringify(node.config, null, 2)}
        </pre>
      </Part>
    </div>
  )
}

function DecisionFacts({
  decision: { decision, by, comment },
}: {
  decision: { decision: string; by: { name?: string; type: string }; comment?: string }
}) {
  return (
    <p>
      <span className="font-medium">{by.name ?? by.type}</span> {decision} it
      {comment === undefined ? '.' : `: “${comment}”`}
    </p>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div className="flex gap-1.5">
    <dt className="text-ink-faint">{name}</dt>
    <dd>{value}</dd>
  </div>
)
