'use client'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import type { Json } from '@/engine/json'
import { useDraft, useInspector } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'
import { DataField } from './json-field'
import { columnTypes, freeColumn, rowsOfSchema, type SchemaRow, schemaOfRows } from './schema-table'

/** What an answer must look like: a table of fields, or the JSON Schema itself. */
export function SchemaField(props: FieldProps) {
  const { field, place, actions } = props
  const { problems } = useInspector()
  const draft = useDraft(place, { print: (value) => JSON.stringify(tableOf(value)), read: readTable })
  const isTable = rowsOfSchema(draft.value ?? null) !== null
  const rows = rowsIn(draft.text)
  const [wanted, setMode] = useState<'table' | 'json'>(isTable ? 'table' : 'json')
  const mode = rows === null ? 'json' : wanted
  const choice = (
    <Segmented
      small
      label="Show as"
      value={mode}
      choices={[
        { value: 'table', label: 'Table' },
        { value: 'json', label: 'JSON' },
      ]}
      onChange={(next) => {
        draft.discard()
        setMode(next === 'json' ? 'json' : 'table')
      }}
    />
  )
  const row = (
    <>
      {choice}
      {actions}
    </>
  )
  if (mode === 'json') return <DataField {...props} choice={choice} />
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place)} sentence={draft.sentence} actions={row} group>
      {() =>
        isTable && rows !== null ? (
          <SchemaRows rows={rows} onChange={(next) => draft.write(JSON.stringify(next))} />
        ) : (
          <p className="text-ink-soft text-sm">This schema says more than a table can show. Edit it as JSON.</p>
        )
      }
    </FieldFrame>
  )
}

/** Null when what was typed is the JSON of the schema itself, left half-written. */
function rowsIn(text: string): readonly SchemaRow[] | null {
  try {
    const rows: unknown = JSON.parse(text)
    return Array.isArray(rows) ? (rows as readonly SchemaRow[]) : null
  } catch {
    return null
  }
}

const tableOf = (value: Json | undefined): readonly SchemaRow[] => rowsOfSchema(value ?? null) ?? []

function readTable(text: string) {
  const rows = rowsIn(text) ?? []
  const names = rows.map(({ name }) => name)
  if (names.includes('')) return { ok: false, sentence: 'Give every field a name.' } as const
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return { ok: false, sentence: `There are two fields called ${twice}. Rename one.` } as const
  if (names.includes('__proto__')) return { ok: false, sentence: 'A field can’t be called __proto__.' } as const
  const bare = rows.find(({ type, choices }) => type === 'one of' && choices.length === 0)
  if (bare) return { ok: false, sentence: `Say what ${bare.name} can be: one choice a line.` } as const
  return { ok: true, value: schemaOfRows(rows) } as const
}

function SchemaRows({
  rows,
  onChange,
}: {
  rows: readonly SchemaRow[]
  onChange: (rows: readonly SchemaRow[]) => void
}) {
  const replace = (at: number, part: Partial<SchemaRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  const added: SchemaRow = { name: freeColumn(rows), type: 'text', required: true, description: '', choices: [] }
  return (
    <div className="grid grid-cols-1 gap-2">
      {rows.map((row, index) => (
        <SchemaRowView
          // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its place while its name is typed
          key={index}
          row={row}
          onChange={(part) => replace(index, part)}
          onRemove={() => onChange(rows.toSpliced(index, 1))}
        />
      ))}
      <span>
        <Button
          tone="quiet"
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...rows, added])}
        >
          Add field
        </Button>
      </span>
    </div>
  )
}

const small = 'control h-8 min-w-0 px-2.5 text-[16px] md:text-sm'

type RowProps = { row: SchemaRow; onChange: (part: Partial<SchemaRow>) => void; onRemove: () => void }

function SchemaRowView({ row, onChange, onRemove }: RowProps) {
  return (
    <div className="border-line grid grid-cols-1 gap-1.5 border-l-2 pl-2.5">
      <div className="flex items-center gap-1">
        <input
          aria-label="Name of the field"
          value={row.name}
          spellCheck={false}
          onChange={(event) => onChange({ name: event.target.value })}
          className={`${small} flex-1 font-mono md:text-xs`}
        />
        <select
          aria-label={`Type of ${row.name}`}
          value={row.type}
          onChange={(event) => onChange({ type: columnTypes.find((type) => type === event.target.value) ?? 'text' })}
          className={`${small} w-28`}
        >
          {columnTypes.map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
        <SmallButton label={`Remove ${row.name}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden />
        </SmallButton>
      </div>
      <input
        aria-label={`What ${row.name} is`}
        value={row.description}
        placeholder="What it is, for the model"
        onChange={(event) => onChange({ description: event.target.value })}
        className={small}
      />
      {row.type === 'one of' && (
        <textarea
          aria-label={`Choices of ${row.name}, one a line`}
          value={row.choices.join('\n')}
          rows={2}
          placeholder="One choice a line"
          onChange={({ target }) => onChange({ choices: target.value === '' ? [] : target.value.split('\n') })}
          className={`${small} h-auto py-1.5`}
        />
      )}
      <label className="text-ink-soft flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={row.required}
          onChange={(event) => onChange({ required: event.target.checked })}
          className="accent-accent size-4"
        />
        required
      </label>
    </div>
  )
}
