'use client'
import { ArrowRight, Crown } from 'lucide-react'
import { useMemo } from 'react'
import { useRunView, useSlowRunView } from '@/components/live/run-context'
import { streamsOf } from '@/components/live/streams-of'
import { StatusMark } from '@/components/run/canvas/status-mark'
import { useFocus, useFocused } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { runTree } from '@/components/run/run-tree'
import { SaidText } from '@/components/run/said-text'
import { readableStart } from '@/components/run/value-text'
import { cx } from '@/components/ui/cx'
import { Markdown } from '@/components/ui/markdown'
import { type Speech, teamsIn, transcriptOf } from './transcript'

/** What the teams of a run say, as a conversation. */
export function TranscriptPanel() {
  const { graph } = useRunPlace()
  const { state } = useSlowRunView()
  const teams = useMemo(() => teamsIn(runTree(graph, state)), [graph, state])
  if (teams.length === 0) {
    return <p className="text-ink-faint px-4 py-8 text-center text-sm">No team has said anything yet.</p>
  }
  return (
    <div className="h-full overflow-y-auto px-4 py-3">
      <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6">
        {teams.map((team) => (
          <section key={team.path} className="grid grid-cols-1 gap-1" aria-label={`Conversation of ${team.title}`}>
            <h3 className="text-ink-faint text-xs font-medium">{team.title}</h3>
            <ol className="grid grid-cols-1 gap-1">
              {transcriptOf(graph, state, team.path, team.node).map((speech) => (
                <SpeechItem key={speech.path} speech={speech} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </div>
  )
}

function SpeechItem({ speech }: { speech: Speech }) {
  const { path, name, leads, to, round, state } = speech
  const focus = useFocus()
  const isSelected = useFocused(({ selected }) => selected === path)
  return (
    <li
      className={cx(
        'rounded-card border-l-2 py-2 pr-2 pl-3',
        isSelected ? 'border-accent bg-accent-tint' : 'border-line',
      )}
    >
      <button type="button" onClick={() => focus.select(path)} className="flex max-w-full items-center gap-1.5 text-sm">
        <span className="max-w-3/5 shrink-0 truncate font-semibold">{name}</span>
        {leads && <Crown size={14} aria-label="leads the team" className="text-people shrink-0" />}
        {to.length > 0 && (
          <span className="text-ink-soft flex min-w-0 items-center gap-1.5">
            <ArrowRight size={14} aria-label="to" className="shrink-0" />
            <span className="truncate">{to.join(', ')}</span>
          </span>
        )}
        <span className="text-ink-faint shrink-0 text-xs">round {round}</span>
        <StatusMark state={state} />
      </button>
      <div className="mt-1 text-sm">
        {state?.status === 'completed' ? <SaidText value={state.output} /> : <Under speech={speech} />}
      </div>
    </li>
  )
}

/** Words on their way, or why there are none. */
function Under({ speech: { path, state } }: { speech: Speech }) {
  const words = useRunView(({ streams }) => readableStart(streamsOf(streams, path)[0]?.text ?? ''))
  if (words !== '') return <Markdown text={words} />
  if (state && 'failure' in state) return <p className="text-failed break-words">{state.failure.message}</p>
  return <p className="text-ink-faint">{state ? 'Thinks…' : 'Has the word next'}</p>
}
