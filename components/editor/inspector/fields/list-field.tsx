'use client'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { isJsonObject, type Json } from '@/engine/json'
import type { FieldModel, Place, Shape } from '../form/field-model'
import { useInspector, useValue } from '../inspector-scope'
import { problemsAt, problemsBeside } from '../problems-at'
import { FieldFrame, ProblemLines, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'
import { newItem } from './new-item'

type RenderFields = (fields: readonly FieldModel[], place: Place) => ReactNode
type ListFieldProps = FieldProps & { shape: Shape; renderFields: RenderFields }

const oneOf: Readonly<Record<string, string>> = { fields: 'field', routes: 'route', checks: 'check' }

/** A list of things that have fields of their own: added, removed and put in another order. */
export function ListField({ field, place, shape, renderFields, actions }: ListFieldProps) {
  const { node, problems, context } = useInspector()
  const { value, write } = useValue(place)
  const items: readonly Json[] = Array.isArray(value) ? value : []
  const one = oneOf[field.name] ?? 'item'
  const add = (fields: readonly FieldModel[], tag: object = {}) =>
    write([...items, { ...tag, ...newItem(fields, items) }])
  const move = (from: number, to: number) => {
    context.drafts.renumber(node.id, place, (index) => (index === from ? to : index === to ? from : index))
    write(items.map((item, index) => (index === from ? items[to] : index === to ? items[from] : item) ?? null))
  }
  const remove = (gone: number) => {
    context.drafts.renumber(node.id, place, (index) => (index === gone ? null : index > gone ? index - 1 : index))
    write(items.toSpliced(gone, 1))
  }
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place, 'exactly')} actions={actions} group>
      {() => (
        <div className="grid grid-cols-1 gap-2">
          {items.map((item, index) => (
            <ListItem
              // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity; what is typed in them is kept by place
              key={index}
              item={item}
              place={[...place, index]}
              shape={shape}
              renderFields={renderFields}
              name={`${one} ${index + 1}`}
              onUp={index > 0 ? () => move(index, index - 1) : null}
              onDown={index < items.length - 1 ? () => move(index, index + 1) : null}
              onRemove={() => remove(index)}
            />
          ))}
          <div className="flex flex-wrap gap-2">
            {shape.type === 'same' ? (
              <AddButton text={`Add ${one}`} onClick={() => add(shape.fields)} />
            ) : (
              shape.variants.map(({ word, fields }) => (
                <AddButton key={word} text={`Add ${word}`} onClick={() => add(fields, { [shape.tag]: word })} />
              ))
            )}
          </div>
        </div>
      )}
    </FieldFrame>
  )
}

export const AddButton = ({ text, onClick }: { text: string; onClick: () => void }) => (
  <Button tone="quiet" size="small" icon={<Plus size={14} aria-hidden />} onClick={onClick}>
    {text}
  </Button>
)

type ListItemProps = {
  item: Json
  place: Place
  shape: Shape
  renderFields: RenderFields
  name: string
  onUp: (() => void) | null
  onDown: (() => void) | null
  onRemove: () => void
}

function ListItem({ item, place, shape, renderFields, name, onUp, onDown, onRemove }: ListItemProps) {
  const { problems } = useInspector()
  const fields = fieldsFor(shape, item)
  const own = isJsonObject(item) && typeof item.name === 'string' ? item.name : null
  const title = shape.type === 'variants' && isJsonObject(item) ? String(item[shape.tag] ?? name) : (own ?? name)
  return (
    <section aria-label={name} className="border-line bg-page grid grid-cols-1 gap-3 rounded-card border p-2.5">
      <header className="-mb-1 flex items-center gap-0.5">
        <span className="text-ink-soft min-w-0 flex-1 truncate text-xs font-medium">{title}</span>
        <SmallButton label={`Move ${name} up`} disabled={onUp === null} onClick={() => onUp?.()}>
          <ArrowUp size={14} aria-hidden />
        </SmallButton>
        <SmallButton label={`Move ${name} down`} disabled={onDown === null} onClick={() => onDown?.()}>
          <ArrowDown size={14} aria-hidden />
        </SmallButton>
        <SmallButton label={`Remove ${name}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden />
        </SmallButton>
      </header>
      <ProblemLines problems={problemsBeside(problems, place, fields)} />
      {shape.type === 'variants' && fields.length === 0 && <VariantChoice shape={shape} place={place} />}
      {renderFields(fields, place)}
    </section>
  )
}

function fieldsFor(shape: Shape, item: Json): readonly FieldModel[] {
  if (shape.type === 'same') return shape.fields
  const word = isJsonObject(item) ? item[shape.tag] : undefined
  return shape.variants.find((variant) => variant.word === word)?.fields ?? []
}

/** For an item that came from elsewhere and doesn't say what it is. */
function VariantChoice({ shape, place }: { shape: Extract<Shape, { type: 'variants' }>; place: Place }) {
  const { write } = useValue([...place, shape.tag])
  const choices = shape.variants.map(({ word }) => ({ value: word, label: word }))
  return <Segmented label="What it is" value="" choices={choices} onChange={write} />
}
