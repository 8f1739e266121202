import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'

export const columnTypes = [
  'text',
  'number',
  'whole number',
  'yes or no',
  'one of',
  'list of texts',
  'list of numbers',
] as const
export type ColumnType = (typeof columnTypes)[number]

/** One property of a flat object, as a person sees it. */
export type SchemaRow = {
  name: string
  type: ColumnType
  required: boolean
  description: string
  choices: readonly string[]
}

export const emptySchema: JsonObject = { type: 'object', properties: {}, required: [], additionalProperties: false }

/** The rows of a schema that is nothing more than a table; null for all others, which are edited as JSON. */
export function rowsOfSchema(schema: Json): readonly SchemaRow[] | null {
  if (!isJsonObject(schema) || schema.type !== 'object') return null
  const { type: _, properties = {}, required = [], additionalProperties, ...rest } = schema
  if (Object.keys(rest).length > 0 || !isJsonObject(properties) || !isTexts(required)) return null
  if (additionalProperties !== false && additionalProperties !== undefined) return null
  if (required.some((name) => own(properties, name) === undefined)) return null
  const rows = Object.entries(properties).map(([name, property]) => rowOf(name, property, required.includes(name)))
  return rows.every((row) => row !== null) ? rows : null
}

function rowOf(name: string, property: Json, required: boolean): SchemaRow | null {
  if (!isJsonObject(property)) return null
  const { description = '', ...shape } = property
  const type = typeof description === 'string' ? typeOf(shape) : null
  if (type === null) return null
  const choices = isTexts(shape.enum) ? shape.enum : []
  return { name, type, required, description: String(description), choices }
}

function typeOf(shape: JsonObject): ColumnType | null {
  const { type, items, enum: choices, ...rest } = shape
  if (Object.keys(rest).length > 0) return null
  if (choices !== undefined) return type === 'string' && isTexts(choices) && items === undefined ? 'one of' : null
  if (type === 'array') {
    if (items === undefined || !isJsonObject(items) || Object.keys(items).length !== 1) return null
    return items.type === 'string' ? 'list of texts' : items.type === 'number' ? 'list of numbers' : null
  }
  if (items !== undefined) return null
  return plainTypes.find(([, word]) => word === type)?.[0] ?? null
}

const plainTypes: readonly (readonly [ColumnType, string])[] = [
  ['text', 'string'],
  ['number', 'number'],
  ['whole number', 'integer'],
  ['yes or no', 'boolean'],
]

const isTexts = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((item: Json) => typeof item === 'string')

export const schemaOfRows = (rows: readonly SchemaRow[]): JsonObject => ({
  type: 'object',
  properties: Object.fromEntries(rows.map((row) => [row.name, propertyOf(row)])),
  required: rows.flatMap(({ name, required }) => (required ? [name] : [])),
  additionalProperties: false,
})

function propertyOf({ type, description, choices }: SchemaRow): JsonObject {
  const words = description === '' ? {} : { description }
  if (type === 'one of') return { type: 'string', enum: choices, ...words }
  if (type === 'list of texts') return { type: 'array', items: { type: 'string' }, ...words }
  if (type === 'list of numbers') return { type: 'array', items: { type: 'number' }, ...words }
  return { type: plainTypes.find(([column]) => column === type)?.[1] ?? 'string', ...words }
}

export function freeColumn(rows: readonly SchemaRow[]): string {
  for (let number = rows.length + 1; ; number += 1) {
    if (!rows.some(({ name }) => name === `field_${number}`)) return `field_${number}`
  }
}
