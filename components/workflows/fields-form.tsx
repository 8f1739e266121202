'use client'
import { CheckField, SelectField, TextAreaField, TextField } from '@/components/ui/field'
import type { InputField } from '@/engine/input'
import { type Draft, labelOf } from './field-values'
import { FileField } from './file-field'

type Props = {
  fields: readonly InputField[]
  draft: Draft
  problems: { readonly [name: string]: string }
  onChange: (draft: Draft) => void
}

/** One control for each field; what was typed stays, whatever happens. */
export function FieldsForm({ fields, draft, problems, onChange }: Props) {
  return (
    <div className="grid gap-4">
      {fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={draft[field.name] ?? ''}
          error={problems[field.name]}
          onChange={(value) => onChange({ ...draft, [field.name]: value })}
        />
      ))}
    </div>
  )
}

type OneProps = {
  field: InputField
  value: string | boolean
  error: string | undefined
  onChange: (value: string | boolean) => void
}

function OneField({ field, value, error, onChange }: OneProps) {
  const label = labelOf(field)
  const text = typeof value === 'string' ? value : ''
  const common = { label, error, required: field.required ?? false }
  switch (field.type) {
    case 'boolean':
      return <CheckField label={label} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
    case 'choice':
      return (
        <SelectField
          {...common}
          value={text}
          choices={[
            { value: '', label: 'Choose…' },
            ...(field.choices ?? []).map((choice) => ({ value: choice, label: choice })),
          ]}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'number':
      return (
        <TextField {...common} inputMode="decimal" value={text} onChange={(event) => onChange(event.target.value)} />
      )
    case 'json':
      return (
        <TextAreaField {...common} mono hint="JSON" value={text} onChange={(event) => onChange(event.target.value)} />
      )
    case 'file':
      return <FileField {...common} value={text} onChange={onChange} />
    case 'text':
      return <TextAreaField {...common} rows={3} value={text} onChange={(event) => onChange(event.target.value)} />
  }
}
