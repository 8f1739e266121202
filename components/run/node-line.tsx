'use client'
import { useRunView } from '@/components/live/run-context'
import { firstWords } from '@/components/node-kit/first-words'
import { formatElapsed } from '@/components/ui/format'
import { useNow } from '@/components/ui/use-now'
import { previewOf } from '@/engine/payload'
import type { NodeState } from '@/engine/run/state'
import { views } from '@/nodes/registry/views'
import type { NodeEntry } from './run-tree'
import { plainWords, readableStart, showPreview } from './value-text'

/** The one or two lines below a node's name: what it says, why it waits or failed, what came out, or what it would do. */
export function NodeLine({ entry }: { entry: NodeEntry }) {
  const { node, path, state } = entry
  const words = useRunView((view) => {
    for (const stream of view.streams.values())
      if (stream.path === path) return tail(plainWords(readableStart(stream.text)))
    return ''
  })
  if (words !== '') {
    return <span className="text-ink-soft line-clamp-2 h-10 text-sm break-words">{words}</span>
  }
  if (state?.status === 'retrying') return <RetryLine state={state} />
  const text = stateLine(state)
  if (text) return <span className={text.tone}>{text.line}</span>
  const line = views[node.kind]?.line(node.config) ?? ''
  return line === '' ? null : <span className="text-ink-faint truncate text-sm">{line}</span>
}

/** The end of what was said so far, from the start of a word. */
function tail(text: string): string {
  const end = text.slice(-160)
  return end.length < text.length ? `…${end.slice(end.indexOf(' '))}` : end
}

function stateLine(state: NodeState | undefined): { tone: string; line: string } | null {
  if (state?.status === 'failed')
    return { tone: 'text-failed line-clamp-2 text-sm break-words', line: state.failure.message }
  if (state?.status === 'waiting') return { tone: 'text-waiting truncate text-sm', line: waitingLine(state) }
  if (state?.status !== 'completed') return null
  const ref = { hash: '', size: state.output.size, preview: previewOf(state.output) }
  const line = firstWords(plainWords(showPreview(ref).text), 160)
  return line === '' ? null : { tone: 'text-ink-soft truncate text-sm', line }
}

function waitingLine({ waiting }: Extract<NodeState, { status: 'waiting' }>): string {
  switch (waiting.reason) {
    case 'approval':
      return waiting.title
    case 'tool_approval':
      return `May ${waiting.tool} be used?`
    case 'doubt':
      return 'It was cut off in the middle. Should it be done again?'
    case 'timer':
      return `until ${new Date(waiting.until).toLocaleString()}`
    case 'child':
      return 'for the run that it started'
  }
}

function RetryLine({ state }: { state: Extract<NodeState, { status: 'retrying' }> }) {
  const now = useNow('second')
  const skew = useRunView((view) => view.clockSkew)
  const left = state.retryAt - now - skew
  return (
    <span className="text-waiting line-clamp-2 text-sm break-words">
      {state.failure.message}{' '}
      {left > 0 ? `Baton tries again in ${formatElapsed(left + 999)}.` : 'Baton tries again now.'}
    </span>
  )
}
