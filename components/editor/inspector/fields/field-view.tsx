'use client'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Disclosure } from '@/components/ui/disclosure'
import { valueAt } from '@/engine/graph/issues'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { FieldModel, Place } from '../form/field-model'
import { patternOf } from '../form/form-of'
import { isRelevant } from '../form/overrides'
import { useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { ArgumentsField } from './arguments-field'
import { DefaultValueField } from './default-value-field'
import { SmallButton } from './field-frame'
import type { FieldProps } from './field-props'
import { JsonField } from './json-field'
import { ListField } from './list-field'
import { PickerField } from './pickers'
import { BooleanField, ChoiceField, NumberField, TextsField } from './plain-fields'
import { printNumber, readNumberOrText } from './read-text'
import { RecordField } from './record-field'
import { SchemaField } from './schema-field'
import { emptySchema } from './schema-table'
import { TextField } from './text-field'
import { ToolsField } from './tools-field'

/** The fields of the config, or of an item in one of its lists. */
export function FormFields({ fields, place }: { fields: readonly FieldModel[]; place: Place }) {
  const { node, spec, problems } = useInspector()
  const [added, setAdded] = useState<readonly string[]>([])
  const around = valueAt(node.config, place) as Json | undefined
  const config: JsonObject = around !== undefined && isJsonObject(around) ? around : {}
  const relevant = fields.filter(({ name }) => isRelevant(spec.kind, patternOf([...place, name]), config))
  const isSet = ({ name }: FieldModel) =>
    own(config, name) !== undefined || problemsAt(problems, [...place, name]).length > 0
  const isShown = (field: FieldModel) =>
    field.layout === 'shown' || (field.layout === 'added' && (isSet(field) || added.includes(field.name)))
  const waiting = relevant.filter((field) => field.layout === 'added' && !isShown(field))
  const folded = relevant.filter(({ layout }) => layout === 'folded')
  const set = folded.filter(isSet).length
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className={cx('grid gap-x-3 gap-y-4', place.length === 0 ? 'grid-cols-1' : 'grid-cols-2')}>
        {relevant.filter(isShown).map((field) => (
          <div
            key={field.name}
            data-field={[...place, field.name].join('.')}
            className={cx('min-w-0', !isNarrow(field) && 'col-span-full')}
          >
            <Shown field={field} place={[...place, field.name]} onGone={() => setAdded(without(added, field))} />
          </div>
        ))}
      </div>
      {waiting.length > 0 && (
        <div className="flex flex-wrap gap-x-1 gap-y-0.5">
          {waiting.map((field) => (
            <Adder
              key={field.name}
              field={field}
              place={[...place, field.name]}
              onAdded={() => setAdded([...added, field.name])}
            />
          ))}
        </div>
      )}
      {folded.length > 0 && (
        <Disclosure title="More" {...(set > 0 ? { note: `${set} set`, initiallyOpen: true } : {})}>
          {folded.map((field) => (
            <div key={field.name} data-field={[...place, field.name].join('.')}>
              <FieldView field={field} place={[...place, field.name]} />
            </div>
          ))}
        </Disclosure>
      )}
    </div>
  )
}

/** In the items of a list two short ones stand side by side. */
const isNarrow = ({ control, name }: FieldModel): boolean =>
  control.type === 'choice' || control.type === 'number' || control.type === 'boolean' || name === 'name'

const without = (names: readonly string[], { name }: FieldModel): readonly string[] =>
  names.filter((other) => other !== name)

type AdderProps = { field: FieldModel; place: Place; onAdded: () => void }

function Adder({ field, place, onAdded }: AdderProps) {
  const { write } = useValue(place)
  const add = () => {
    const start = startOf(field)
    if (start !== undefined) write(start)
    onAdded()
  }
  return (
    <Button tone="quiet" size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
      {`Add ${field.title.toLowerCase()}`}
    </Button>
  )
}

/** Where an empty field already says something; everything else starts with nothing. */
function startOf({ control }: FieldModel): Json | undefined {
  if (control.type === 'schema') return emptySchema
  return control.type === 'boolean' ? true : undefined
}

function Shown({ field, place, onGone }: { field: FieldModel; place: Place; onGone: () => void }) {
  const { write } = useValue(place)
  if (field.layout !== 'added') return <FieldView field={field} place={place} />
  const remove = () => {
    write(undefined)
    onGone()
  }
  const actions = (
    <SmallButton label={`Remove ${field.title}`} onClick={remove}>
      <X size={14} aria-hidden />
    </SmallButton>
  )
  return <FieldView field={field} place={place} actions={actions} />
}

export function FieldView(props: FieldProps) {
  const { control } = props.field
  switch (control.type) {
    case 'text':
      return <TextField {...props} long={control.long} />
    case 'code':
      return <TextField {...props} long language="code" />
    case 'number':
      return <NumberField {...props} control={control} />
    case 'number_or_text':
      return <TextField {...props} long={false} print={printNumber} read={readNumberOrText} />
    case 'boolean':
      return <BooleanField {...props} />
    case 'choice':
      return <ChoiceField {...props} control={control} />
    case 'texts':
      return <TextsField {...props} />
    case 'objects':
      return (
        <ListField
          {...props}
          shape={control.shape}
          renderFields={(fields, place) => <FormFields fields={fields} place={place} />}
        />
      )
    case 'record':
      return <RecordField {...props} kind={control.value} />
    case 'json':
      return <JsonField {...props} />
    case 'schema':
      return <SchemaField {...props} />
    case 'default_value':
      return <DefaultValueField {...props} />
    case 'arguments':
      return <ArgumentsField {...props} />
    case 'tools':
      return <ToolsField {...props} />
    case 'tool':
    case 'model':
    case 'role':
    case 'workflow':
    case 'member':
      return <PickerField {...props} type={control.type} />
  }
}
