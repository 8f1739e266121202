import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { keysAt, schemaOf } from '@/engine/graph/config-schema'
import { describeIssues, type Place } from '@/engine/graph/issues'
import { isJsonObject, type JsonObject } from '@/engine/json'
import { EdgeError } from '@/server/api/http/problem'
import { hasBody, readBody } from '@/server/api/http/read-body'
import { readJson } from '@/server/api/http/read-json'
import type { InputProblem } from '@/server/refusal'

type Parts = { params: { readonly [name: string]: string }; query: string }

/** Path, query and body as the one input that the schema of the route describes. None may speak for another. */
export async function readInput(
  request: IncomingMessage,
  schema: z.ZodObject,
  { params, query }: Parts,
): Promise<unknown> {
  const given: { [key: string]: unknown } = { ...params }
  for (const [key, value] of query === '' ? [] : new URLSearchParams(query))
    add(given, key, request.method === 'GET' ? value : undefined)
  if (request.method !== 'GET')
    for (const [key, value] of Object.entries(await readObject(request))) add(given, key, value)
  return parseInput(schema, given, Object.keys(params))
}

function add(given: { [key: string]: unknown }, key: string, value: unknown): void {
  if (Object.hasOwn(given, key) || key === '__proto__' || value === undefined) {
    throw invalid([
      {
        code: 'unknown_key',
        path: key.slice(0, 100),
        message: `${key.slice(0, 100)} may not stand there, or stands there twice.`,
      },
    ])
  }
  if (typeof value === 'string' && value.includes('\u0000'))
    throw new EdgeError('invalid_text', 'The address holds a NUL character, which can not be stored.')
  given[key] = value
}

/** More than any route knows; looking at each would take long. (tRPC numbers the calls of a batch.) */
const keyLimit = 200

export async function readObject(request: IncomingMessage): Promise<JsonObject> {
  if (!hasBody(request)) return {}
  const { 'content-type': type = 'application/json', 'content-encoding': encoding } = request.headers
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new EdgeError('unsupported_media_type', 'Send JSON, with `Content-Type: application/json`.')
  }
  if (encoding !== undefined && encoding !== 'identity')
    throw new EdgeError('unsupported_media_type', 'Send the body uncompressed.')
  const bytes = await readBody(request)
  if (bytes.length === 0) return {}
  const value = readJson(bytes)
  if (isJsonObject(value) && Object.keys(value).length > keyLimit) {
    throw invalid([
      { code: 'unknown_key', message: `The body has more than ${keyLimit} keys, of which most are not known.` },
    ])
  }
  if (!isJsonObject(value)) throw invalid([{ code: 'wrong_type', message: 'The body must be a JSON object.' }])
  return value
}

export function parseInput(
  schema: z.ZodObject,
  given: { [key: string]: unknown },
  params: readonly string[] = [],
): unknown {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  // An address with an impossible part names nothing.
  if (parsed.error.issues.some(({ path }) => params.includes(String(path[0])))) {
    throw new EdgeError('not_found', 'There is no such thing at this address.')
  }
  throw invalid(problemsOf(schema, given, parsed.error))
}

const problemLimit = 100

export function problemsOf(schema: z.ZodType, given: unknown, error: z.ZodError): InputProblem[] {
  const known = schemaOf(schema)
  const context = {
    value: given,
    at: [],
    keysAt: (place: Place) => keysAt(known, place),
    wanted: 'everything',
  } as const
  return describeIssues(error.issues, context)
    .slice(0, problemLimit)
    .map(({ severity: _, message, ...problem }) => ({
      ...problem,
      message: message.replace(/^The graph\b/, 'The request'),
    }))
}

const invalid = (problems: readonly InputProblem[]) =>
  new EdgeError('invalid_input', problems[0]?.message ?? 'The request is not valid.', { problems })
