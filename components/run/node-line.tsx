'use client'
import { useRunNow, useRunView } from '@/components/live/run-context'
import { streamsOf } from '@/components/live/streams-of'
import { firstWords } from '@/components/node-kit/first-words'
import { cx } from '@/components/ui/cx'
import { formatElapsed } from '@/components/ui/format'
import type { GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import { previewOf } from '@/engine/payload'
import { isQuestion, type Question } from '@/engine/run/question'
import type { NodeState } from '@/engine/run/state'
import { isWithheld } from '@/engine/share/projection'
import { views } from '@/nodes/registry/views'
import { askedAbout, askedLine } from './asked-line'
import { activityOf } from './canvas/activity'
import { lastWords, plainWords, readableStart, showPreview } from './value-text'

type Props = { node: GraphNode; path: PathKey | null; state: NodeState | undefined; className?: string }

/** The one or two lines below a node's name: what it says, why it waits or failed, what came out, or what it would do. */
export function NodeLine({ node, path, state, className = 'text-sm' }: Props) {
  const words = useWords(path)
  const activity = useRunView((view) =>
    path !== null && state?.status === 'running' ? activityOf(view.state.steps.get(path)) : '',
  )
  if (words !== '') return <Words className={className}>{words}</Words>
  const look = cx('line-clamp-2 break-words', className)
  if (activity !== '') return <p className={cx('text-data', look)}>{activity}</p>
  if (state?.status === 'retrying') return <RetryLine state={state} className={look} />
  if (state?.status === 'waiting' && isQuestion(state.waiting))
    return <AskedLines waiting={state.waiting} className={className} />
  const text = stateLine(state)
  if (text) return <p className={cx(text.tone, look)}>{text.line}</p>
  const line = views[node.kind]?.line(node.config) ?? ''
  return line === '' ? null : <p className={cx('text-ink-faint', look)}>{line}</p>
}

/** Two lines that stand on their end: what has no room is the oldest, never the newest. */
const Words = ({ className, children }: { className: string; children: string }) => (
  <div className={cx('flex max-h-[2lh] flex-col justify-end overflow-clip', className)}>
    <p className="text-ink-soft shrink-0 break-words">{children}</p>
  </div>
)

/** The end of what it says at this moment. */
const useWords = (path: PathKey | null): string =>
  useRunView((view) => {
    if (path === null) return ''
    const [stream] = streamsOf(view.streams, path)
    return stream === undefined ? '' : lastWords(plainWords(readableStart(stream.text)), shownWords)
  })

/** About two lines of a card, so that its beginning (…) is mostly seen as well. */
const shownWords = 60

function stateLine(state: NodeState | undefined): { tone: string; line: string } | null {
  if (state?.status === 'failed') return { tone: 'text-failed', line: firstSentence(state.failure.message) }
  if (state?.status === 'waiting') return { tone: 'text-waiting', line: waitingLine(state) }
  if (state?.status === 'skipped') return { tone: 'text-ink-faint', line: 'Skipped: nothing came this way' }
  if (state?.status !== 'completed' || isWithheld(state.output)) return null
  const ref = { hash: '', size: state.output.size, preview: previewOf(state.output) }
  const line = firstWords(plainWords(showPreview(ref).text), 160)
  return line === '' ? null : { tone: 'text-ink-soft', line }
}

const firstSentence = (text: string): string => /^.{1,200}?[.!?](?=\s|$)/s.exec(text)?.[0] ?? firstWords(text, 200)

/** What is asked, and what about: nobody should have to say yes to something unseen. */
function AskedLines({ waiting, className }: { waiting: Question; className: string }) {
  const matter = askedLine(waiting)
  return (
    <div title={askedAbout(waiting)} className={cx('min-w-0', className)}>
      <p className={cx('text-waiting break-words', matter === '' ? 'line-clamp-2' : 'truncate')}>
        {shortQuestion(waiting)}
      </p>
      {matter !== '' && <p className="text-ink-soft truncate">{matter}</p>}
    </div>
  )
}

function shortQuestion(waiting: Question): string {
  switch (waiting.reason) {
    case 'approval':
      return waiting.title
    case 'tool_approval':
      return `May ${waiting.tool} be used?`
    case 'doubt':
      return 'It was cut off in the middle. Should it be done again?'
  }
}

function waitingLine({ waiting }: Extract<NodeState, { status: 'waiting' }>): string {
  switch (waiting.reason) {
    case 'timer':
      return `until ${new Date(waiting.until).toLocaleString()}`
    case 'child':
      return 'for the run that it started'
    default:
      return shortQuestion(waiting)
  }
}

type RetryProps = { state: Extract<NodeState, { status: 'retrying' }>; className: string }

function RetryLine({ state, className }: RetryProps) {
  const left = state.retryAt - useRunNow()
  return (
    <p className={cx('text-waiting', className)}>
      {left > 0 ? `Tries again in ${formatElapsed(left + 999)}. ` : 'Tries again now. '}
      {firstSentence(state.failure.message)}
    </p>
  )
}
