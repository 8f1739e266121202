'use client'
import { Trash2 } from 'lucide-react'
import type { Json } from '@/engine/json'
import type { Place } from '../form/field-model'
import { useDraft, useInspector } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, ProblemLines, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'
import { AddButton } from './list-field'
import { printRows, type Row, readRows, rowsIn } from './record-rows'
import { LooseValue, NumberValue, TextOrSecret } from './record-values'

type RecordFieldProps = FieldProps & { kind: 'text_or_secret' | 'number' | 'json'; names?: readonly string[] }

const firstValues: Readonly<Record<RecordFieldProps['kind'], Json>> = { text_or_secret: '', number: 1, json: '' }

/** Names with values: headers, weights, arguments that nobody has described. */
export function RecordField({ field, place, kind, names = [], actions }: RecordFieldProps) {
  const { problems, node } = useInspector()
  const read = (text: string) => readRows(rowsIn(text))
  const { text, sentence, write } = useDraft(place, { print: printRows, read })
  const rows = rowsIn(text)
  const change = (next: readonly Row[]) => write(JSON.stringify(next))
  const replace = (at: number, part: Partial<Row>) =>
    change(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  const nextName = names.find((name) => !rows.some((row) => row.name === name)) ?? ''
  return (
    <FieldFrame
      {...field}
      problems={problemsAt(problems, place, 'exactly')}
      sentence={sentence}
      actions={actions}
      group
    >
      {({ id }) => (
        <div className="grid grid-cols-1 gap-2">
          {rows.map((row, index) => (
            <RecordRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its place while its name is typed
              key={index}
              row={row}
              kind={kind}
              place={[...place, row.name]}
              called={row.name || `row ${index + 1}`}
              names={`${id}-names`}
              onChange={(part) => replace(index, part)}
              onRemove={() => change(rows.toSpliced(index, 1))}
            />
          ))}
          <datalist id={`${id}-names`}>
            {namesFor(node.kind, names).map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <span>
            <AddButton
              text={`Add to ${field.title.toLowerCase()}`}
              onClick={() => change([...rows, { name: nextName, value: firstValues[kind] }])}
            />
          </span>
        </div>
      )}
    </FieldFrame>
  )
}

const namesFor = (kind: string, names: readonly string[]): readonly string[] =>
  kind === 'http' ? ['Accept', 'Authorization', 'Content-Type', 'User-Agent'] : names

type RecordRowProps = {
  row: Row
  kind: RecordFieldProps['kind']
  place: Place
  called: string
  /** The list of names that are suggested. */
  names: string
  onChange: (part: Partial<Row>) => void
  onRemove: () => void
}

function RecordRow({ row, kind, place, called, names, onChange, onRemove }: RecordRowProps) {
  const { problems } = useInspector()
  const Value = kind === 'number' ? NumberValue : kind === 'json' ? LooseValue : TextOrSecret
  return (
    <div className="border-line grid grid-cols-1 gap-1.5 border-l-2 pl-2.5 [&:has([data-offering])_[data-wrong]]:hidden">
      <div className="flex items-center gap-1">
        <input
          aria-label={`Name of ${called}`}
          value={row.name}
          placeholder="Name"
          spellCheck={false}
          autoComplete="off"
          list={names}
          onChange={(event) => onChange({ name: event.target.value })}
          className="control h-8 min-w-0 flex-1 px-2.5 font-mono text-[16px] md:text-xs"
        />
        <SmallButton label={`Remove ${called}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden />
        </SmallButton>
      </div>
      <Value label={`Value of ${called}`} place={place} value={row.value} onChange={(value) => onChange({ value })} />
      <ProblemLines problems={row.name === '' ? [] : problemsAt(problems, place)} />
    </div>
  )
}
