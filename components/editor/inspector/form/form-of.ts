import { schemaOf } from '@/engine/graph/config-schema'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { KindSpec } from '@/engine/kind/spec'
import type { Control, FieldModel, Place, Shape } from './field-model'
import { overrideOf } from './overrides'
import { expressionAt, purposeAt } from './purpose'
import { propertiesOf, withAt } from './sample'

const forms = new WeakMap<KindSpec, readonly FieldModel[]>()

/** The form of a kind, made once from the schema of its config. */
export function formOf(spec: KindSpec): readonly FieldModel[] {
  const known = forms.get(spec)
  if (known !== undefined) return known
  const form = fieldsOf(schemaOf(spec.config), { spec, base: {}, place: [] })
  forms.set(spec, form)
  return form
}

/** Items stand for all items: `routes.*.when`. */
export const patternOf = (place: Place): string => place.map((key) => (typeof key === 'number' ? '*' : key)).join('.')

/** Where in the form: `base` is a config in which the fields of this place exist. */
type Around = { spec: KindSpec; base: Json; place: Place }

function fieldsOf(schema: JsonObject, around: Around): readonly FieldModel[] {
  const required = own(schema, 'required')
  const needed = Array.isArray(required) ? (required as readonly Json[]) : []
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) =>
    isJsonObject(property) && property.const === undefined
      ? [fieldOf(property, needed.includes(name), { ...around, place: [...around.place, name] })]
      : [],
  )
}

function fieldOf(schema: JsonObject, required: boolean, around: Around): FieldModel {
  const name = String(around.place.at(-1))
  const override = overrideOf(around.spec.kind, patternOf(around.place))
  const standard = own(schema, 'default')
  const control = override.control ?? controlOf(schema, around)
  return {
    name,
    title: override.title ?? (typeof schema.title === 'string' ? schema.title : name),
    description: typeof schema.description === 'string' ? schema.description : '',
    required,
    ...(standard === undefined ? {} : { standard }),
    control,
    layout: override.layout ?? layoutOf(control, required, standard),
  }
}

function layoutOf(control: Control, required: boolean, standard: Json | undefined): FieldModel['layout'] {
  if (required) return 'shown'
  if (standard === '' || ['tools', 'objects', 'boolean'].includes(control.type)) return 'shown'
  if (control.type === 'choice') return standard === undefined ? 'folded' : 'shown'
  return control.type === 'number' || control.type === 'role' ? 'folded' : 'added'
}

function controlOf(schema: JsonObject, around: Around): Control {
  if (schema.type === 'array') return listControl(schema, around)
  if (Array.isArray(schema.enum)) return { type: 'choice', choices: (schema.enum as readonly Json[]).map(String) }
  if (Array.isArray(schema.anyOf)) return { type: 'number_or_text' }
  switch (schema.type) {
    case 'string':
      return stringControl(schema, around)
    case 'number':
    case 'integer':
      return numberControl(schema)
    case 'boolean':
      return { type: 'boolean' }
    case 'object':
      return { type: 'record', value: recordValue(own(schema, 'additionalProperties')) }
    default:
      return around.place.at(-1) === 'default' ? { type: 'default_value' } : { type: 'json' }
  }
}

const oneLiners: readonly unknown[] = ['title', 'url', 'until']

function stringControl(schema: JsonObject, { spec, base, place }: Around): Control {
  const purpose = purposeAt(spec, base, place)
  if (purpose !== null) return { type: purpose }
  const language = expressionAt(spec, base, place)?.type
  // Templates may hold whole pages, but a title is a line.
  if (language === 'text') return { type: 'text', long: !oneLiners.includes(place.at(-1)) }
  return { type: 'text', long: typeof schema.maxLength === 'number' && schema.maxLength >= 20_000 }
}

function numberControl(schema: JsonObject): Control {
  const { type, minimum, maximum } = schema
  const limits = {
    ...(typeof minimum === 'number' ? { min: minimum } : {}),
    ...(typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? { max: maximum } : {}),
  }
  return { type: 'number', whole: type === 'integer', ...limits }
}

function recordValue(schema: Json | undefined): 'text_or_secret' | 'number' | 'json' {
  if (schema === undefined || !isJsonObject(schema)) return 'json'
  if (schema.type === 'number') return 'number'
  return Array.isArray(schema.anyOf) ? 'text_or_secret' : 'json'
}

function listControl(schema: JsonObject, around: Around): Control {
  const items = own(schema, 'items')
  if (items === undefined || !isJsonObject(items)) return { type: 'json' }
  const item = { ...around, place: [...around.place, 0] }
  if (purposeAt(item.spec, item.base, item.place) === 'tool') return { type: 'tools' }
  if (items.type === 'string') return { type: 'texts' }
  const shape = shapeOf(items, item)
  return shape === null ? { type: 'json' } : { type: 'objects', shape }
}

function shapeOf(items: JsonObject, around: Around): Shape | null {
  const variants = own(items, 'oneOf')
  if (!Array.isArray(variants))
    return items.type === 'object' ? { type: 'same', fields: fieldsOf(items, around) } : null
  const tagged = (variants as readonly JsonObject[]).flatMap((variant) => {
    const [tag, property] = Object.entries(propertiesOf(variant)).find(([, inner]) => isConstant(inner)) ?? []
    if (tag === undefined || !isConstant(property)) return []
    const base = withAt(around.base, [...around.place, tag], property.const)
    return [{ tag, word: String(property.const), fields: fieldsOf(variant, { ...around, base }) }]
  })
  const tag = tagged[0]?.tag
  return tag === undefined || tagged.length < variants.length ? null : { type: 'variants', tag, variants: tagged }
}

const isConstant = (schema: Json | undefined): schema is { readonly [key: string]: Json; readonly const: Json } =>
  schema !== undefined && isJsonObject(schema) && schema.const !== undefined
