'use client'
import { useRunView } from '@/components/live/run-context'
import { streamsOf } from '@/components/live/streams-of'
import { failureAdvice } from '@/components/run/failure-advice'
import { Part } from '@/components/run/part'
import { RefView } from '@/components/run/ref-view'
import type { NodeEntry } from '@/components/run/run-tree'
import { readableStart } from '@/components/run/value-text'
import { Markdown } from '@/components/ui/markdown'
import { Notice } from '@/components/ui/notice'
import type { Decision } from '@/engine/run/events'

const shownAtOnce = 40_000

/** What came out of a node, or why nothing did, or what it says at this moment. */
export function ResultPart({ entry: { path, state } }: { entry: NodeEntry }) {
  const words = useRunView((view) => streamsOf(view.streams, path)[0]?.text ?? '')
  return (
    <div className="grid gap-4">
      {state && 'failure' in state && (
        <Notice tone="failed" title={state.failure.message}>
          {failureAdvice[state.failure.code]}
          <p className="text-ink-faint mt-1 font-mono text-xs">{state.failure.code}</p>
        </Notice>
      )}
      {state?.status === 'completed' && state.decision && <DecisionLine decision={state.decision} />}
      {state?.status === 'completed' && state.pinned && (
        <Notice title="This output was pinned in the draft">
          The node did not run; nothing was asked or paid for.
        </Notice>
      )}
      {words !== '' && (
        <Part title="Says now">
          <Markdown text={readableStart(words)} />
        </Part>
      )}
      {state?.status === 'completed' && (
        <Part title="Came out">
          <RefView value={state.output} whole={state.output.size < shownAtOnce} />
        </Part>
      )}
      {state?.status === 'completed' && state.detail && (
        <Part title="What references see">
          <RefView value={state.detail} />
        </Part>
      )}
      {words === '' && (state === undefined || !('output' in state || 'failure' in state)) && (
        <p className="text-ink-faint">{idleText(state?.status)}</p>
      )}
    </div>
  )
}

function idleText(status: string | undefined): string {
  switch (status) {
    case undefined:
      return 'It has not begun at this moment.'
    case 'skipped':
      return 'No branch led here, so it was skipped.'
    case 'cancelled':
      return 'It was cancelled before it was done.'
    case 'waiting':
      return 'It waits, and nothing has come out yet.'
    default:
      return 'It is at work. What comes out stands here.'
  }
}

function DecisionLine({ decision: { decision, by, comment } }: { decision: Decision }) {
  return (
    <p>
      <span className="font-medium">{by.name ?? by.type}</span> {decision} it
      {comment === undefined ? '.' : `: “${comment}”`}
    </p>
  )
}
