import { type InputField, readInput } from '@/engine/input'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { done, type InputProblem, type Outcome, refuse } from '@/server/refusal'
import type { Deps } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

/** What a run starts with, or what comes with a decision, against the fields that were drawn. */
export async function checkInput(
  { db }: Pick<Deps, 'db'>,
  workspaceId: string,
  { fields, given, at }: { fields: readonly InputField[]; given: Json; at: string },
): Promise<Outcome<JsonObject>> {
  const reading = readInput(fields, given)
  const problems: InputProblem[] = reading.ok
    ? []
    : reading.problems.map(({ path, message }) => ({
        code: 'invalid_input',
        path: path === '' ? at : `${at}.${path}`,
        message: `${path === '' ? at : `${at}.${path}`} ${message}.`,
      }))
  if (!reading.ok) return refuse('invalid_input', `The ${at} does not fit.`, { problems })
  const missing = await missingFiles(db, workspaceId, fields, reading.value)
  if (missing.length === 0) return done(reading.value)
  return refuse('invalid_input', 'A file is not there.', {
    problems: missing.map((name) => ({
      code: 'unknown_file',
      path: `${at}.${name}`,
      message: `${at}.${name} names a file that does not exist; upload it first.`,
    })),
  })
}

async function missingFiles(
  db: Deps['db'],
  workspaceId: string,
  fields: readonly InputField[],
  value: JsonObject,
): Promise<string[]> {
  const named = fields.flatMap(({ type, name }) => {
    const file = type === 'file' ? value[name] : null
    return isJsonObject(file) && typeof file.file === 'string' ? [{ name, id: file.file }] : []
  })
  if (named.length === 0) return []
  const ids = named.map(({ id }) => id).filter(isUuid)
  const known = await db.file.findMany({ where: { workspaceId, id: { in: ids } }, select: { id: true } })
  const there = new Set(known.map(({ id }) => id))
  return named.filter(({ id }) => !there.has(id.toLowerCase())).map(({ name }) => name)
}
