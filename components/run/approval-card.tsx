'use client'
import { useMutation } from '@tanstack/react-query'
import { Check, UserRound, X } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { problemAt, problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { TextAreaField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { RelativeTime } from '@/components/ui/time'
import { emptyDraft, readDraftValues } from '@/components/workflows/field-values'
import { FieldsForm } from '@/components/workflows/fields-form'
import { InputField } from '@/engine/input'
import type { Waiting } from '@/engine/run/events'
import { RefView } from './ref-view'
import { useIsGuest, useRunPlace } from './run-place'
import type { NodeEntry } from './run-tree'

type Question = Extract<Waiting, { reason: 'approval' | 'tool_approval' | 'doubt' }>

/** A decision that the run waits for. What was typed stays until the decision is taken. */
export function ApprovalCard({ entry }: { entry: NodeEntry }) {
  const isGuest = useIsGuest()
  const { state, path } = entry
  if (state?.status !== 'waiting') return null
  const { waiting } = state
  if (waiting.reason === 'timer' || waiting.reason === 'child') return null
  return (
    <article className="bg-surface border-waiting rounded-card grid gap-4 border p-4">
      <header className="flex items-start gap-3">
        <span className="bg-waiting-tint text-waiting grid size-8 shrink-0 place-items-center rounded-control">
          <UserRound size={16} aria-hidden />
        </span>
        <div className="min-w-0">
          <h2 className="font-semibold break-words">{questionOf(waiting)}</h2>
          <p className="text-ink-faint text-sm">
            {entry.title} · asked <RelativeTime at={state.since} />
            {waiting.reason === 'approval' && waiting.deadline !== undefined && (
              <>
                {' · '}
                {deadlineWord[waiting.onTimeout]} <RelativeTime at={waiting.deadline} />
              </>
            )}
          </p>
        </div>
      </header>
      <Matter waiting={waiting} />
      {!isGuest && <DecisionForm path={path} waiting={waiting} />}
    </article>
  )
}

const deadlineWord = { approve: 'approved by itself', reject: 'rejected by itself', fail: 'fails' } as const

function questionOf(waiting: Question): string {
  if (waiting.reason === 'approval') return waiting.title
  if (waiting.reason === 'tool_approval') return `May the tool ${waiting.tool} be used?`
  return `Baton was cut off during ${waiting.step}. Should it be done again?`
}

function Matter({ waiting }: { waiting: Question }) {
  if (waiting.reason === 'doubt') {
    return (
      <p className="text-ink-soft text-sm">
        It may have taken effect already. Approve to do it again; reject if that could do harm, and the node fails.
      </p>
    )
  }
  const value = waiting.reason === 'approval' ? waiting.message : waiting.arguments
  return value.size <= 2 ? null : (
    <div className="max-h-[45dvh] overflow-auto">
      <RefView value={value} whole />
    </div>
  )
}

function DecisionForm({ path, waiting }: { path: string; waiting: Question }) {
  const { runId: id } = useRunPlace()
  const fields = z.array(InputField).safeParse(waiting.reason === 'approval' ? waiting.fields : []).data ?? []
  const [draft, setDraft] = useState(() => emptyDraft(fields))
  const [typos, setTypos] = useState<{ readonly [name: string]: string }>({})
  const [comment, setComment] = useState('')
  const trpc = useTRPC()
  const decide = useMutation(trpc.runs.decide.mutationOptions({ meta: { shown: true } }))
  const problem = decide.error ? problemOf(decide.error) : null
  const refused = Object.fromEntries(
    fields.flatMap(({ name }) => {
      const message = problemAt(problem, `fields.${name}`)
      return message === undefined ? [] : [[name, `It ${message}.`]]
    }),
  )
  const send = (decision: 'approved' | 'rejected') => {
    const asked = decision === 'approved' ? fields : fields.map((field) => ({ ...field, required: false }))
    const reading = readDraftValues(asked, draft)
    setTypos(reading.ok ? {} : reading.problems)
    if (!reading.ok) return
    decide.mutate({
      id,
      path,
      decision,
      ...(comment.trim() !== '' && { comment: comment.trim() }),
      ...(fields.length > 0 && { fields: reading.values }),
    })
  }
  const isDecided = decide.isPending || decide.isSuccess
  return (
    <form onSubmit={(event) => event.preventDefault()} className="grid gap-4">
      {fields.length > 0 && (
        <FieldsForm fields={fields} draft={draft} problems={{ ...refused, ...typos }} onChange={setDraft} />
      )}
      <TextAreaField label="Comment" rows={2} value={comment} onChange={(event) => setComment(event.target.value)} />
      {problem && <Notice tone="failed">{problem.detail}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button
          tone="primary"
          icon={<Check size={16} aria-hidden />}
          busy={isDecided && decide.variables?.decision === 'approved'}
          disabled={isDecided}
          onClick={() => send('approved')}
        >
          Approve
        </Button>
        <Button
          tone="danger"
          icon={<X size={16} aria-hidden />}
          busy={isDecided && decide.variables?.decision === 'rejected'}
          disabled={isDecided}
          onClick={() => send('rejected')}
        >
          Reject
        </Button>
      </div>
    </form>
  )
}
