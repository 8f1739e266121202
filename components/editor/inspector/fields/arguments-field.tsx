'use client'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import { useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame } from './field-frame'
import type { FieldProps } from './field-props'
import { RecordField } from './record-field'
import { LooseValue, TextOrSecret } from './record-values'

/** What a tool is called with: a field for each of its parameters when they are known. */
export function ArgumentsField(props: FieldProps) {
  const { node, context } = useInspector()
  const { value } = useValue(props.place)
  const tool = context.tools.find(({ name }) => name === node.config.tool)
  const parameters = tool === undefined ? {} : objectIn(own(tool.parameters, 'properties'))
  const names = Object.keys(parameters)
  const given = Object.keys(objectIn(value))
  // An argument that the tool doesn't know must stay in sight.
  if (names.length === 0 || given.some((name) => !names.includes(name))) {
    return <RecordField {...props} kind="json" names={names} />
  }
  const required = own(tool?.parameters ?? {}, 'required')
  return (
    <div className="border-line grid grid-cols-1 gap-3 border-l-2 pl-2.5">
      {names.map((name) => (
        <Argument
          key={name}
          name={name}
          schema={objectIn(parameters[name])}
          required={Array.isArray(required) && required.includes(name)}
          place={[...props.place, name]}
        />
      ))}
    </div>
  )
}

const objectIn = (value: Json | undefined): JsonObject => (value !== undefined && isJsonObject(value) ? value : {})

type ArgumentProps = { name: string; schema: JsonObject; required: boolean; place: (string | number)[] }

function Argument({ name, schema, required, place }: ArgumentProps) {
  const { problems } = useInspector()
  const { value, write } = useValue(place)
  const Value = schema.type === 'string' ? TextOrSecret : LooseValue
  return (
    <FieldFrame
      title={typeof schema.title === 'string' ? schema.title : name}
      description={describe(schema)}
      required={required}
      problems={problemsAt(problems, place)}
      group
    >
      {() => (
        <Value
          label={name}
          place={place}
          value={value ?? ''}
          onChange={(next) => write(next === '' && !required ? undefined : next)}
        />
      )}
    </FieldFrame>
  )
}

function describe(schema: JsonObject): string {
  const words = typeof schema.description === 'string' ? schema.description : ''
  const choices = Array.isArray(schema.enum)
    ? `One of ${schema.enum.map((choice: Json) => String(choice)).join(', ')}.`
    : ''
  return [words, choices].filter((part) => part !== '').join(' ')
}
