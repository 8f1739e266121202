import { z } from 'zod'
import type { AnswerDoc, Route } from '@/server/api/http/route'
import { refusalCodes } from '@/server/refusal'

type JsonSchema = { [key: string]: unknown }

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { target: 'draft-2020-12', io, unrepresentable: 'any' })
  return schema
}

const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', examples: [...refusalCodes] },
    detail: { type: 'string' },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { type: 'string' },
          message: { type: 'string' },
          path: { type: 'string' },
          nodeId: { type: 'string' },
          field: { type: 'string' },
          severity: { type: 'string' },
        },
      },
    },
  },
}

const problemAnswer = {
  description: 'Refused; `code` says why.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** OpenAPI 3.1 of the route table: the very schemas that parse the requests. */
export function openApi(routes: readonly Route[], version: string): JsonSchema {
  const paths: { [path: string]: { [method: string]: JsonSchema } } = {}
  for (const route of routes) {
    const path = paths[route.path] ?? {}
    path[route.method.toLowerCase()] = operation(route)
    paths[route.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Baton',
      version,
      description:
        'Times are ISO 8601 text. Values in events are references (`hash`, `size`, `preview`); whole ones come from `/runs/{id}/payloads/{hash}`. (Sockets carry times as milliseconds.)',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key (`baton_…`).' },
        session: { type: 'apiKey', in: 'cookie', name: 'baton_session' },
      },
    },
  }
}

function operation(route: Route): JsonSchema {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const input = route.input === null ? {} : schemaOf(route.input, 'input')
  const properties = (input.properties ?? {}) as { [name: string]: JsonSchema }
  const required = (input.required ?? []) as readonly string[]
  const rest = Object.entries(properties).filter(([name]) => !names.includes(name))
  const inQuery = route.method === 'GET' || route.sort === 'raw'
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: operationId(route),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: properties[name] ?? { type: 'string' } })),
      ...(inQuery
        ? rest.map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
        : []),
    ],
    ...(inQuery ? rawBody(route) : jsonBody(input, rest, required)),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, answerDoc(answer as AnswerDoc)]),
      ),
      default: problemAnswer,
    },
  }
}

const operationId = ({ method, path }: Route): string =>
  method.toLowerCase() +
  path.replaceAll(/[/{]+(\w)|\}/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')

function jsonBody(input: JsonSchema, rest: readonly [string, JsonSchema][], required: readonly string[]): JsonSchema {
  if (rest.length === 0) return {}
  const needed = required.filter((name) => rest.some(([known]) => known === name))
  const schema = {
    type: 'object',
    properties: Object.fromEntries(rest),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
    ...(input.$defs === undefined ? {} : { $defs: input.$defs }),
  }
  return { requestBody: { required: needed.length > 0, content: { 'application/json': { schema } } } }
}

const rawBody = (route: Route): JsonSchema =>
  route.sort === 'raw' && route.body !== null
    ? {
        requestBody: {
          required: true,
          content: { [route.body.media]: { schema: {} }, 'multipart/form-data': { schema: { type: 'object' } } },
        },
      }
    : {}

function answerDoc({ description, schema, media = 'application/json' }: AnswerDoc): JsonSchema {
  if (schema === undefined && media === 'application/json') return { description }
  return { description, content: { [media]: { schema: schema === undefined ? {} : schemaOf(schema, 'output') } } }
}
