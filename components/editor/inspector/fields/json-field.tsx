'use client'
import { type ReactNode, useState } from 'react'
import { Segmented } from '@/components/ui/segmented'
import { expressionAt } from '../form/purpose'
import { useDraft, useInspector, useValue } from '../inspector-scope'
import type { FieldProps } from './field-props'
import { printJson, readJson } from './read-text'
import { TextField } from './text-field'
import { WrittenField } from './written-field'

/** Any value: text with references, or data whose texts are. */
export function JsonField(props: FieldProps) {
  const { field, place } = props
  const { spec, node, context } = useInspector()
  const { value, write } = useValue(place)
  const held = value === undefined ? null : typeof value === 'string' ? 'text' : 'data'
  const drafted = context.drafts.get(node.id, place)?.reading.ok === false
  const [wanted, setWanted] = useState<'text' | 'data'>(drafted ? 'data' : 'text')
  const takesText = expressionAt(spec, node.config, place)?.type === 'text'
  const mode = held === 'data' ? 'data' : takesText ? 'text' : wanted
  const change = (next: string) => {
    setWanted(next === 'data' ? 'data' : 'text')
    if (next === 'text' && held === 'data') write(printJson(value))
    const reading = next === 'data' && typeof value === 'string' ? readJson(value) : null
    if (reading?.ok) write(reading.value)
  }
  const choice =
    takesText && held !== 'data' ? null : (
      <Segmented
        small
        label={`${field.title} is`}
        value={mode}
        choices={[
          { value: 'text', label: 'Text' },
          { value: 'data', label: 'Data' },
        ]}
        onChange={change}
      />
    )
  if (mode === 'text') return <TextField {...props} choice={choice} long />
  return <DataField {...props} choice={choice} />
}

type DataFieldProps = FieldProps & { /** How it is shown otherwise. */ choice?: ReactNode }

export function DataField(props: DataFieldProps) {
  const { spec, node, upstream } = useInspector()
  const { value, text, sentence, write } = useDraft(props.place, { print: printJson, read: readJson })
  const isStructure = expressionAt(spec, node.config, props.place) !== null
  return (
    <WrittenField
      {...props}
      text={text}
      onChange={write}
      sentence={sentence}
      language={isStructure ? 'structure' : 'json'}
      upstream={upstream}
      preview={isStructure ? { language: 'structure', source: value ?? '' } : null}
      height="few"
      long
    />
  )
}
