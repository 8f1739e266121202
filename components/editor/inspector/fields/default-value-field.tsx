'use client'
import { Picker } from '@/components/ui/picker'
import { Segmented } from '@/components/ui/segmented'
import { valueAt } from '@/engine/graph/issues'
import { isJsonObject, type Json } from '@/engine/json'
import { useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame } from './field-frame'
import type { FieldProps } from './field-props'
import { DataField } from './json-field'
import { NumberField } from './plain-fields'
import { TextField } from './text-field'

/** What is taken when a person fills in nothing: of the type that the field asks for. */
export function DefaultValueField(props: FieldProps) {
  const { node } = useInspector()
  const { value } = useValue(props.place)
  const around = valueAt(node.config, props.place.slice(0, -1)) as Json | undefined
  const item = around !== undefined && isJsonObject(around) ? around : {}
  if (item.type === 'text' && (value === undefined || typeof value === 'string'))
    return <TextField {...props} long={false} />
  if (item.type === 'number' && (value === undefined || typeof value === 'number'))
    return <NumberField {...props} control={{ type: 'number', whole: false }} />
  if (item.type === 'boolean' && (value === undefined || typeof value === 'boolean')) return <YesNo {...props} />
  if (item.type === 'choice' && (value === undefined || typeof value === 'string'))
    return <OneOf {...props} choices={Array.isArray(item.choices) ? item.choices.map(String) : []} />
  return <DataField {...props} />
}

function YesNo({ field, place, actions }: FieldProps) {
  const { problems } = useInspector()
  const { value, write } = useValue(place)
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place)} actions={actions} group>
      {() => (
        <Segmented
          label={field.title}
          value={value === undefined ? '' : String(value)}
          choices={[
            { value: 'true', label: 'yes' },
            { value: 'false', label: 'no' },
          ]}
          onChange={(picked) => write(picked === 'true')}
        />
      )}
    </FieldFrame>
  )
}

function OneOf({ field, place, actions, choices }: FieldProps & { choices: readonly string[] }) {
  const { problems } = useInspector()
  const { value, write } = useValue(place)
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place)} actions={actions}>
      {({ id, describedBy, invalid }) => (
        <Picker
          id={id}
          describedBy={describedBy}
          invalid={invalid}
          label={field.title}
          value={typeof value === 'string' ? value : ''}
          placeholder="None"
          clear="None"
          options={choices.map((choice) => ({ value: choice, label: choice }))}
          onPick={(picked) => write(picked === '' ? undefined : picked)}
        />
      )}
    </FieldFrame>
  )
}
