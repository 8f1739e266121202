import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApi } from '@/server/api/openapi'
import { allRoutes } from '@/server/api/routes/all-routes'
import { greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'

type Operation = {
  operationId: string
  parameters: { name: string; in: string }[]
  requestBody?: { content: { [media: string]: { schema: object } } }
  responses: { [status: string]: { content?: { [media: string]: { schema: object } } } }
}
const document = openApi(allRoutes, '1.2.3') as {
  openapi: string
  paths: { [path: string]: { [method: string]: Operation } }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

describe('the document', () => {
  test('describes every route once, under a name of its own', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      allRoutes.map(({ method, path }) => `${method} ${path}`).sort(),
    )
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  })

  test('names every part of an address as a parameter', () => {
    for (const { path, operation } of operations) {
      const inPath = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => `{${name}}`)
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath)
    }
  })

  test('holds only schemas that a validator accepts', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({}, '/schema/graph.v1.json')
    ajv.addSchema({}, '#/components/schemas/Problem')
    const contents = operations.flatMap(({ operation }) => [
      operation.requestBody?.content,
      ...Object.values(operation.responses).map(({ content }) => content),
    ])
    const schemas = contents
      .flatMap((content) => Object.values(content ?? {}).map(({ schema }) => schema))
      .filter((schema) => !('$ref' in schema))
    expect(schemas.length).toBeGreaterThan(20)
    for (const schema of schemas) expect(() => ajv.compile(schema)).not.toThrow()
  })
})

describe('what is answered', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer()
  })
  afterAll(() => server.close())

  test('fits what the document says', async () => {
    const made = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph: greeting } })
    await server.ask(`/api/v1/workflows/${made.body.id}/publish`, { method: 'POST' })
    await server.ask('/api/v1/secrets/token', { method: 'PUT', body: { value: 'x' } })
    const ran = await server.ask<{ id: string }>(`/api/v1/workflows/${made.body.id}/runs`, {
      body: { input: { who: 'Ada' }, wait: 10 },
    })
    const paths = [
      '/workflows',
      `/workflows/${made.body.id}`,
      `/workflows/${made.body.id}/versions`,
      `/workflows/${made.body.id}/versions/1`,
      '/runs',
      `/runs/${ran.body.id}`,
      `/runs/${ran.body.id}/events`,
      `/runs/${ran.body.id}/graph`,
      '/keys',
      '/secrets',
      '/connections',
      '/aliases',
      '/me',
    ]
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    for (const path of paths) {
      const { body, status } = await server.ask(`/api/v1${path}`)
      expect([path, status]).toEqual([path, 200])
      const known = path
        .replace(made.body.id, '{id}')
        .replace(ran.body.id, '{id}')
        .replace('/versions/1', '/versions/{version}')
      const schema = document.paths[known]?.get?.responses['200']?.content?.['application/json']?.schema
      if (!schema) throw new Error(`${known} says nothing of its answer`)
      const validate = ajv.compile(schema)
      expect([path, validate(body), validate.errors]).toEqual([path, true, null])
    }
  })
})
