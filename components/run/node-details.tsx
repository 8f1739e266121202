'use client'
import { useState } from 'react'
import { isTeam } from '@/components/editor/graph/kinds'
import { useRunView } from '@/components/live/run-context'
import { SimulatedBadge } from '@/components/ui/badge'
import { formatDuration } from '@/components/ui/format'
import { Tabs } from '@/components/ui/tabs'
import { views } from '@/nodes/registry/views'
import { ApprovalCard } from './approval-card'
import { Running } from './canvas/card-meta'
import { InputPart } from './details/input-part'
import { MessagesPart } from './details/messages-part'
import { ResultPart } from './details/result-part'
import { NodeForkButton } from './fork/node-fork-button'
import { durationOf, isSimulated, isUnderWay } from './node-numbers'
import { useIncluded, useIsGuest } from './run-place'
import type { NodeEntry } from './run-tree'
import { NodeStatus } from './status'
import { StepList } from './step-list'
import { costSoFar, tokensText, type Using, usingInside } from './usage-text'

let lastTab = 'result'

/** Everything about one node of the run: what came out and went in, what it took, and step by step how. */
export function NodeDetails({ entry }: { entry: NodeEntry }) {
  const { node, path, state } = entry
  const isNow = useRunView((view) => view.at === null)
  const isGuest = useIsGuest()
  const steps = useRunView((view) => view.state.steps.get(path)?.size ?? 0)
  const [tab, setTab] = useState(lastTab)
  const isAgent = node.kind === 'agent'
  const { prompts, outputs } = useIncluded()
  const tabs = [
    { id: 'result', title: 'Result', content: <ResultPart entry={entry} /> },
    // Both are worked out from how the node is set up, with what other nodes answered.
    ...(prompts && outputs ? [{ id: 'input', title: 'Input', content: <InputPart path={path} /> }] : []),
    ...(prompts && outputs && isAgent
      ? [{ id: 'messages', title: 'Messages', content: <MessagesPart path={path} /> }]
      : []),
    ...(steps > 0 ? [{ id: 'steps', title: 'Steps', note: String(steps), content: <StepList path={path} /> }] : []),
    ...(prompts ? [{ id: 'setup', title: 'Setup', content: <Setup entry={entry} /> }] : []),
  ]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4 text-sm max-md:p-0">
      <Facts entry={entry} />
      {isNow && <ApprovalCard entry={entry} />}
      <Tabs
        label="About this node"
        tabs={tabs}
        value={tab}
        onChange={(next) => {
          // Whoever reads prompts goes on reading prompts at the next node.
          lastTab = next
          setTab(next)
        }}
      />
      {state && !isGuest && !isTeam(node.kind) && <NodeForkButton entry={entry} />}
    </div>
  )
}

function Facts({ entry: { node, path, state } }: { entry: NodeEntry }) {
  const { costs } = useIncluded()
  const tokens = useRunView((view) => (costs ? usedText(usingInside(view, path)) : null))
  const cost = useRunView((view) => (costs ? costOf(usingInside(view, path)) : null))
  const simulated = useRunView((view) => isSimulated(view.state, path))
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <NodeStatus state={state} />
        <span className="text-ink-faint">{views[node.kind]?.title ?? node.kind}</span>
        <code className="text-ink-faint font-mono text-xs break-all">{path}</code>
        {simulated && <SimulatedBadge />}
      </div>
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {state && 'startedAt' in state && (
          <Fact
            name={isUnderWay(state) ? 'So far' : 'Took'}
            value={isUnderWay(state) ? <Running from={state.startedAt} /> : formatDuration(durationOf(state, 0))}
          />
        )}
        {state && 'attempt' in state && state.attempt > 1 && <Fact name="Attempt" value={String(state.attempt)} />}
        {tokens !== null && <Fact name="Used" value={tokens} />}
        {cost !== null && <Fact name="Cost" value={cost} />}
      </dl>
    </div>
  )
}

const isNothing = ({ recorded, streamed }: Using) => recorded === null && streamed === 0
const usedText = (using: Using) => (isNothing(using) ? null : tokensText(using))
const costOf = (using: Using) => (isNothing(using) ? null : costSoFar(using))

const Setup = ({ entry }: { entry: NodeEntry }) => (
  <pre
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
    tabIndex={0}
    className="bg-sunken border-line max-h-[60dvh] overflow-auto rounded-control border p-3 font-mono text-xs whitespace-pre-wrap break-words"
  >
    {JSON.stringify(entry.node.config, null, 2)}
  </pre>
)

const Fact = ({ name, value }: { name: string; value: React.ReactNode }) => (
  <div className="flex gap-1.5">
    <dt className="text-ink-faint">{name}</dt>
    <dd>{value}</dd>
  </div>
)
