'use client'
import { UserRound } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import { RelativeTime } from '@/components/ui/time'
import type { Ref } from '@/engine/payload'
import { isQuestion, type Question, questionOf } from '@/engine/run/question'
import { DecisionForm } from './decision-form'
import { RefView } from './ref-view'
import { useFocus, useFocused } from './run-focus'
import { useIsGuest } from './run-place'
import type { NodeEntry } from './run-tree'

type Props = {
  entry: NodeEntry
  /** It stands in the details of the node: who wants to decide on the canvas is led here. */
  isReachable?: boolean
}

/** A decision that the run waits for. */
export function ApprovalCard({ entry, isReachable = false }: Props) {
  const isGuest = useIsGuest()
  const card = useRef<HTMLElement>(null)
  useReach(card, isReachable ? entry.path : null)
  const { state, path } = entry
  if (state?.status !== 'waiting' || !isQuestion(state.waiting)) return null
  const { waiting, since } = state
  return (
    <article ref={card} className="bg-surface border-waiting rounded-card grid gap-4 border p-4">
      <header className="flex items-start gap-3">
        <span className="bg-waiting-tint text-waiting grid size-8 shrink-0 place-items-center rounded-control">
          <UserRound size={16} aria-hidden />
        </span>
        <div className="min-w-0">
          <h2 className="font-semibold break-words">{questionOf(waiting)}</h2>
          <p className="text-ink-faint text-sm">
            {entry.title} · asked <RelativeTime at={since} />
            {waiting.reason === 'approval' && waiting.deadline !== undefined && (
              <>
                {' · '}
                <Deadline at={waiting.deadline} onTimeout={waiting.onTimeout} />
              </>
            )}
          </p>
        </div>
      </header>
      <Matter reason={waiting.reason} value={matterOf(waiting)} />
      {!isGuest && <DecisionForm path={path} asked={waiting.reason === 'approval' ? waiting.fields : []} />}
    </article>
  )
}

/** Where a decision was asked for on the canvas, its form comes into view and the first field takes what is typed. */
function useReach(card: RefObject<HTMLElement | null>, path: string | null): void {
  const focus = useFocus()
  const isWanted = useFocused(({ deciding }) => deciding !== null && deciding === path)
  useEffect(() => {
    if (!isWanted) return
    const form = card.current?.querySelector('form')
    card.current?.scrollIntoView({ block: 'start' })
    form?.scrollIntoView({ block: 'nearest' })
    form?.querySelector<HTMLElement>('input, select, textarea, [contenteditable=true]')?.focus({ preventScroll: true })
    focus.reached()
  }, [card, focus, isWanted])
}

function matterOf(waiting: Question): Ref | null {
  if (waiting.reason === 'doubt') return null
  return waiting.reason === 'approval' ? waiting.message : waiting.arguments
}

const deadlineWord = { approve: 'will be approved', reject: 'will be rejected', fail: 'will fail' } as const

export function Deadline({ at, onTimeout }: { at: number | string; onTimeout: keyof typeof deadlineWord }) {
  return (
    <>
      {deadlineWord[onTimeout]} <RelativeTime at={at} />
    </>
  )
}

/** What the decision is about. */
export function Matter({ reason, value }: { reason: Question['reason']; value: Ref | null }) {
  if (reason === 'doubt') {
    return (
      <p className="text-ink-soft text-sm">
        It may have taken effect already. Approve to do it again; reject if that could do harm, and the node fails.
      </p>
    )
  }
  // An empty text is two characters of JSON.
  return value === null || value.size <= 2 ? null : (
    <div className="max-h-[45dvh] overflow-auto">
      <RefView value={value} whole />
    </div>
  )
}
