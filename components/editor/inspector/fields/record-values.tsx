'use client'
import { KeyRound, Type } from 'lucide-react'
import { useState } from 'react'
import { Picker } from '@/components/ui/picker'
import { isJsonObject, type Json } from '@/engine/json'
import { CodeEditor } from '../expression/code-editor'
import { PreviewLine } from '../expression/preview-line'
import type { Place } from '../form/field-model'
import { expressionAt } from '../form/purpose'
import { useInspector } from '../inspector-scope'
import { SmallButton } from './field-frame'
import { printLoose, readLoose, readNumber } from './read-text'

export type ValueProps = { label: string; place: Place; value: Json; onChange: (value: Json) => void }

const secretIn = (value: Json): string | null =>
  isJsonObject(value) && Object.keys(value).length === 1 && typeof value.secret === 'string' ? value.secret : null

/** Words with references, or the name of a secret, whose value nobody sees here. */
export function TextOrSecret({ label, place, value, onChange }: ValueProps) {
  const secret = secretIn(value)
  return (
    <div className="flex items-start gap-1">
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-1">
        {secret !== null ? (
          <SecretPicker label={label} value={secret} onPick={(name) => onChange({ secret: name })} />
        ) : (
          <TemplateValue
            label={label}
            place={place}
            text={typeof value === 'string' ? value : JSON.stringify(value)}
            onChange={onChange}
          />
        )}
      </div>
      <SecretSwitch secret={secret} onChange={onChange} />
    </div>
  )
}

function SecretSwitch({ secret, onChange }: { secret: string | null; onChange: (value: Json) => void }) {
  return secret === null ? (
    <SmallButton label="Use a secret instead" onClick={() => onChange({ secret: '' })}>
      <KeyRound size={14} aria-hidden />
    </SmallButton>
  ) : (
    <SmallButton label="Write text instead" onClick={() => onChange('')}>
      <Type size={14} aria-hidden />
    </SmallButton>
  )
}

export function SecretPicker({
  label,
  value,
  onPick,
}: {
  label: string
  value: string
  onPick: (name: string) => void
}) {
  const { context } = useInspector()
  return (
    <Picker
      label={label}
      value={value}
      placeholder={context.secrets.length === 0 ? 'No secrets yet: type a name' : 'Choose a secret'}
      options={context.secrets.map((name) => ({ value: name, label: name }))}
      onPick={onPick}
      free
      invalid={value === ''}
    />
  )
}

type TemplateValueProps = { label: string; place: Place; text: string; onChange: (text: string) => void }

function TemplateValue({ label, place, text, onChange }: TemplateValueProps) {
  const { spec, node, context, upstream } = useInspector()
  const language = expressionAt(spec, node.config, place)?.type ?? 'text'
  return (
    <>
      <CodeEditor
        label={label}
        value={text}
        onChange={onChange}
        language={language}
        upstream={upstream}
        height="line"
      />
      <PreviewLine language={language} source={text} upstream={upstream} hasRun={context.lastRun !== null} />
    </>
  )
}

/** Data or words; a secret too. Nothing that is typed is wrong: what is no data is text. */
export function LooseValue({ label, place, value, onChange }: ValueProps) {
  const secret = secretIn(value)
  const [typed, setTyped] = useState({ text: printLoose(value), value })
  const text = JSON.stringify(typed.value) === JSON.stringify(value) ? typed.text : printLoose(value)
  if (secret !== null) return <TextOrSecret label={label} place={place} value={value} onChange={onChange} />
  const write = (next: string) => {
    const reading = readLoose(next)
    const read = reading.ok ? (reading.value ?? '') : next
    setTyped({ text: next, value: read })
    onChange(read)
  }
  return (
    <div className="flex items-start gap-1">
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-1">
        <TemplateValue label={label} place={place} text={text} onChange={write} />
      </div>
      <SecretSwitch secret={null} onChange={onChange} />
    </div>
  )
}

export function NumberValue({ label, value, onChange }: ValueProps) {
  const [text, setText] = useState(String(value))
  const reading = readNumber(text, { whole: false, min: 0 })
  const shown = !reading.ok || reading.value === value ? text : String(value)
  return (
    <div className="grid grid-cols-1 gap-1">
      <input
        aria-label={label}
        inputMode="decimal"
        value={shown}
        aria-invalid={!reading.ok}
        onChange={(event) => {
          setText(event.target.value)
          const next = readNumber(event.target.value, { whole: false, min: 0 })
          if (next.ok && next.value !== undefined) onChange(next.value)
        }}
        className="control h-8 w-full px-2.5 text-[16px] md:text-sm"
      />
      {!reading.ok && (
        <p role="alert" className="text-failed text-sm">
          {reading.sentence}
        </p>
      )}
    </div>
  )
}
