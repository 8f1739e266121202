'use client'
import { useMutation } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { problemOf, sentenceAt } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { TextAreaField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { type Draft, emptyDraft, readDraftValues } from '@/components/workflows/field-values'
import { FieldsForm } from '@/components/workflows/fields-form'
import { InputField } from '@/engine/input'
import type { Json } from '@/engine/json'
import { useRunSource } from './run-place'

export type Decision = 'approved' | 'rejected'

type Props = {
  path: string
  /** What may be filled in, as the run asks for it. */
  asked: Json
  /** Somebody has decided: what was typed stays to be read, and nothing can be sent. */
  isClosed?: boolean
  onDecided?: (decision: Decision) => void
  /** It was not taken: most often somebody else was faster. */
  onRefused?: () => void
}

/** Yes or no, with what belongs to it. What was typed stays until the decision is taken. */
export function DecisionForm({ path, asked, isClosed = false, onDecided, onRefused }: Props) {
  const { runId: id } = useRunSource()
  const fields = z.array(InputField).safeParse(asked).data ?? []
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(fields))
  const [typos, setTypos] = useState<{ readonly [name: string]: string }>({})
  const [comment, setComment] = useState('')
  const trpc = useTRPC()
  const decide = useMutation(
    trpc.runs.decide.mutationOptions({
      meta: { shown: true },
      onSuccess: (_, { decision }) => onDecided?.(decision),
      onError: () => onRefused?.(),
    }),
  )
  const problem = decide.error ? problemOf(decide.error) : null
  const refused = Object.fromEntries(
    fields.flatMap(({ name }) => {
      const sentence = sentenceAt(problem, `fields.${name}`)
      return sentence === undefined ? [] : [[name, sentence]]
    }),
  )
  const send = (decision: Decision) => {
    const wanted = decision === 'approved' ? fields : fields.map((field) => ({ ...field, required: false }))
    const reading = readDraftValues(wanted, draft)
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
  return (
    <form onSubmit={(event) => event.preventDefault()} className="grid gap-4">
      <fieldset disabled={isClosed} className="grid min-w-0 gap-4">
        {fields.length > 0 && (
          <FieldsForm fields={fields} draft={draft} problems={{ ...refused, ...typos }} onChange={setDraft} />
        )}
        <TextAreaField label="Comment" rows={2} value={comment} onChange={(event) => setComment(event.target.value)} />
      </fieldset>
      {problem && !isClosed && <Notice tone="failed">{problem.detail}</Notice>}
      {!isClosed && (
        <Buttons busy={decide.isPending || decide.isSuccess ? decide.variables?.decision : undefined} onSend={send} />
      )}
    </form>
  )
}

function Buttons({ busy, onSend }: { busy: Decision | undefined; onSend: (decision: Decision) => void }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        tone="primary"
        icon={<Check size={16} aria-hidden />}
        busy={busy === 'approved'}
        disabled={busy !== undefined}
        onClick={() => onSend('approved')}
      >
        Approve
      </Button>
      <Button
        tone="danger"
        icon={<X size={16} aria-hidden />}
        busy={busy === 'rejected'}
        disabled={busy !== undefined}
        onClick={() => onSend('rejected')}
      >
        Reject
      </Button>
    </div>
  )
}
