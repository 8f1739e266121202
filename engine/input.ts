import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, own } from './json'
import { json, name } from './kind/fields'
import type { Finding } from './kind/spec'

export const fieldTypes = ['text', 'number', 'boolean', 'json', 'choice', 'file'] as const

/** A value that a person or a caller fills in: at the start of a run, or with a decision. */
export const InputField = z.strictObject({
  name: name({ title: 'Name', description: 'How it is referred to, like `topic` in `{{ start.topic }}`.' }),
  type: z.enum(fieldTypes).meta({ title: 'Type', description: 'What may be filled in.' }),
  label: z.string().max(200).optional().meta({ title: 'Label', description: 'What the form says.' }),
  required: z.boolean().optional().meta({ title: 'Required', description: 'It must be filled in.' }),
  default: json.optional().meta({ title: 'Default', description: 'Taken when nothing is filled in.' }),
  choices: z
    .array(z.string().min(1).max(500))
    .min(1)
    .max(200)
    .optional()
    .meta({ title: 'Choices', description: 'The possible values of a choice.' }),
})
export type InputField = z.infer<typeof InputField>

const file = z.strictObject({ file: z.string(), name: z.string(), type: z.string(), size: z.number().nonnegative() })

/** What is wrong with one value, as the end of a sentence, or null. Nothing is converted: "5" is not a number. */
export function valueProblem(field: InputField, value: Json): string | null {
  switch (field.type) {
    case 'text':
      return typeof value === 'string' ? null : 'must be text'
    case 'number':
      return typeof value === 'number' ? null : 'must be a number'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false'
    case 'choice':
      if (typeof value === 'string' && (field.choices ?? []).includes(value)) return null
      return `must be one of ${(field.choices ?? []).map((choice) => JSON.stringify(choice)).join(', ')}`
    case 'file':
      return file.safeParse(value).success ? null : 'must be a file: {file, name, type, size}'
    case 'json':
      return null
  }
}

export type InputProblem = { path: string; message: string }
export type InputReading = { ok: true; value: JsonObject } | { ok: false; problems: InputProblem[] }

/** Checks what a run starts with. Every field is in the value: what was left out is its default, or null. */
export function readInput(fields: readonly InputField[], given: Json): InputReading {
  if (given !== null && !isJsonObject(given)) {
    return { ok: false, problems: [{ path: '', message: 'must be an object of the fields' }] }
  }
  const values: JsonObject = given ?? {}
  const known = new Set(fields.map((field) => field.name))
  const problems: InputProblem[] = Object.keys(values)
    .filter((key) => !known.has(key))
    .map((key) => ({ path: key, message: unknownField(fields) }))
  const read: [string, Json][] = []
  for (const field of fields) {
    const value = own(values, field.name) ?? field.default ?? null
    read.push([field.name, value])
    if (value === null && field.required) problems.push({ path: field.name, message: 'is required' })
    const problem = value === null ? null : valueProblem(field, value)
    if (problem !== null) problems.push({ path: field.name, message: problem })
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: Object.fromEntries(read) }
}

const unknownField = (fields: readonly InputField[]): string =>
  fields.length === 0
    ? 'is not a field of this workflow, which has none'
    : `is not a field of this workflow; it has ${fields.map((field) => field.name).join(', ')}`

/** Rules of a list of fields that its schema can't say. `at` is where the list stands in the config. */
export function checkFields(fields: readonly InputField[], at: string): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  fields.forEach((field, index) => {
    const where = `${at}.${index}`
    if (seen.has(field.name)) {
      findings.push({
        code: 'duplicate_name',
        field: `${where}.name`,
        message: `There are two fields named ${field.name}. Rename one of them.`,
      })
    }
    seen.add(field.name)
    findings.push(...checkField(field, where))
  })
  return findings
}

function checkField(field: InputField, where: string): Finding[] {
  if (field.type === 'choice' && field.choices === undefined) {
    const message = `The choice ${field.name} has nothing to choose from. List its choices.`
    return [{ code: 'invalid_config', field: `${where}.choices`, message }]
  }
  if (field.type !== 'choice' && field.choices !== undefined) {
    const message = `The field ${field.name} has choices but is a ${field.type}. Make its type choice, or remove the choices.`
    return [{ code: 'invalid_config', field: `${where}.choices`, message }]
  }
  const problem = field.default === undefined || field.default === null ? null : valueProblem(field, field.default)
  if (problem === null) return []
  return [{ code: 'invalid_config', field: `${where}.default`, message: `The default of ${field.name} ${problem}.` }]
}
