'use client'
import { useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { useRunPlace } from '@/components/run/run-place'
import { useWholeValue } from '@/components/run/values/use-whole-value'
import { SkeletonRows } from '@/components/ui/panel'
import { readDraftValues } from '@/components/workflows/field-values'
import { FieldsForm } from '@/components/workflows/fields-form'
import { inputFields } from '@/components/workflows/run-dialog'
import type { Json } from '@/engine/json'
import { type ForkChange, inputDraft } from './fork-plan'

type Props = { onChange: (change: ForkChange) => void }

/** The form of the input node with what this run was given. */
export function InputChange({ onChange }: Props) {
  const input = useRunView(({ state }) => state.input)
  const given = useWholeValue(input)
  return given === undefined ? <SkeletonRows rows={2} /> : <Form given={given} onChange={onChange} />
}

function Form({ given, onChange }: Props & { given: Json }) {
  const { graph } = useRunPlace()
  const fields = inputFields(graph)
  const [draft, setDraft] = useState(() => inputDraft(fields, given))
  const reading = readDraftValues(fields, draft)
  return (
    <FieldsForm
      fields={fields}
      draft={draft}
      problems={reading.ok ? {} : reading.problems}
      onChange={(next) => {
        setDraft(next)
        const read = readDraftValues(fields, next)
        if (read.ok) onChange({ type: 'input', values: read.values })
      }}
    />
  )
}
