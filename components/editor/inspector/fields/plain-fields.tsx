'use client'
import { CheckField } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import type { Json } from '@/engine/json'
import { CodeEditor } from '../expression/code-editor'
import type { Control } from '../form/field-model'
import { useDraft, useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, ProblemLines } from './field-frame'
import type { FieldProps } from './field-props'
import { printNumber, readNumber } from './read-text'

type Of<T extends Control['type']> = Extract<Control, { type: T }>

export function NumberField({ field, place, actions, control }: FieldProps & { control: Of<'number'> }) {
  const { problems } = useInspector()
  const { text, sentence, write } = useDraft(place, { print: printNumber, read: (typed) => readNumber(typed, control) })
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place)} sentence={sentence} actions={actions}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          type="text"
          inputMode={control.whole ? 'numeric' : 'decimal'}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          autoComplete="off"
          value={text}
          placeholder={field.standard === undefined ? 'not set' : printNumber(field.standard)}
          onChange={(event) => write(event.target.value)}
          className="control h-9 w-full px-3 text-[16px] md:text-sm"
        />
      )}
    </FieldFrame>
  )
}

export function BooleanField({ field, place }: FieldProps) {
  const { problems } = useInspector()
  const { value, write } = useValue(place)
  return (
    <div className="grid grid-cols-1 gap-1">
      <CheckField
        label={field.title}
        title={field.description}
        checked={value === true || (value === undefined && field.standard === true)}
        onChange={({ target }) => write(target.checked === (field.standard ?? false) ? undefined : target.checked)}
      />
      <ProblemLines problems={problemsAt(problems, place)} />
    </div>
  )
}

/** Side by side where there is room for the words. */
export function ChoiceField({ field, place, actions, control }: FieldProps & { control: Of<'choice'> }) {
  const { problems } = useInspector()
  const { value, write } = useValue(place)
  const { choices } = control
  const chosen = textOf(value) ?? textOf(field.standard) ?? ''
  const fits =
    choices.length <= 4 && choices.join('').length + choices.length * 4 <= 40 && (field.required || chosen !== '')
  const pick = (picked: string) =>
    write(picked === '' || (picked === field.standard && !field.required) ? undefined : picked)
  const shown = chosen === '' || choices.includes(chosen) ? choices : [chosen, ...choices]
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place)} actions={actions} group={fits}>
      {({ id, describedBy, invalid }) =>
        fits ? (
          <Segmented
            label={field.title}
            describedBy={describedBy}
            value={chosen}
            choices={shown.map((choice) => ({ value: choice, label: choiceWord(choice) }))}
            onChange={pick}
          />
        ) : (
          <select
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={chosen}
            onChange={(event) => pick(event.target.value)}
            className="control h-9 w-full px-3 pr-8 text-[16px] md:text-sm"
          >
            {(chosen === '' || !field.required) && field.standard === undefined && <option value="">Not set</option>}
            {shown.map((choice) => (
              <option key={choice} value={choice}>
                {choiceWord(choice)}
              </option>
            ))}
          </select>
        )
      }
    </FieldFrame>
  )
}

/** `on_limit` of a file is `On limit` for people. */
const choiceWord = (choice: string): string =>
  choice === 'json' ? 'JSON' : (choice.charAt(0).toUpperCase() + choice.slice(1)).replaceAll('_', ' ')

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value)

/** A short list of names or texts, one a line. */
export function TextsField({ field, place, actions }: FieldProps) {
  const { problems } = useInspector()
  const { text, write } = useDraft(place, {
    print: (value) =>
      Array.isArray(value) ? value.map((item: Json) => textOf(item) ?? '').join('\n') : (textOf(value) ?? ''),
    read: (typed) => {
      const lines = typed.split('\n').map((line) => line.trim())
      const items = lines.filter((line) => line !== '')
      return { ok: true, value: items.length === 0 ? undefined : items }
    },
  })
  const { upstream } = useInspector()
  const isNames = field.name === 'uses'
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place)} actions={actions}>
      {(wiring) => (
        <CodeEditor
          {...wiring}
          value={text}
          onChange={write}
          language={isNames ? 'code' : 'plain'}
          upstream={isNames ? upstream.filter(({ name }) => name !== 'input') : []}
          height="few"
          placeholder="One a line"
        />
      )}
    </FieldFrame>
  )
}
