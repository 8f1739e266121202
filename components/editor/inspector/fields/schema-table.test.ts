import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSchema } from '@/engine/schema/check-schema'
import { columnTypes, emptySchema, freeColumn, rowsOfSchema, type SchemaRow, schemaOfRows } from './schema-table'

const row: fc.Arbitrary<SchemaRow> = fc
  .record({
    name: fc.stringMatching(/^[a-z][a-z_]{0,8}$/),
    type: fc.constantFrom(...columnTypes),
    required: fc.boolean(),
    description: fc.string(),
    choices: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
  })
  .map((made) => (made.type === 'one of' ? made : { ...made, choices: [] }))
const rows = fc.uniqueArray(row, { selector: ({ name }) => name, maxLength: 6 })

describe('a schema as a table', () => {
  test('comes back as it was, whatever the rows are', () => {
    fc.assert(
      fc.property(rows, (given) => {
        expect(rowsOfSchema(schemaOfRows(given))).toEqual(given)
      }),
    )
  })

  test('is always one that the compiler accepts', () => {
    fc.assert(
      fc.property(rows, (given) => {
        expect(checkSchema(schemaOfRows(given))).toEqual([])
      }),
    )
  })

  test.each([
    { type: 'string' },
    { type: 'object', properties: { a: { type: 'object' } } },
    { type: 'object', properties: { a: { type: 'string', minLength: 3 } } },
    { type: 'object', properties: {}, required: ['a'] },
    { type: 'object', properties: {}, additionalProperties: true },
    { type: 'object', title: 'Named', properties: {} },
  ])('is not offered for %j, which says more than a table can', (schema) => {
    expect(rowsOfSchema(schema)).toBeNull()
  })

  test('begins empty, and new rows get a name of their own', () => {
    expect(rowsOfSchema(emptySchema)).toEqual([])
    const [first] = [{ name: 'field_2', type: 'text', required: true, description: '', choices: [] } as const]
    expect(freeColumn([first])).toBe('field_3')
  })
})
