import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { checkSchema } from '@/engine/schema/check-schema'
import { validateJson } from '@/engine/schema/json-schema'
import { builtInTools, httpRequestSpec } from '@/engine/tools/built-in'

describe('the built-in tools', () => {
  it('have names that are allowed in a model request and different from each other', () => {
    const names = builtInTools.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
  })

  it.each(builtInTools)('$name describes its arguments with a schema that can be checked', ({ parameters }) => {
    expect(checkSchema(parameters)).toEqual([])
    expect(parameters).toMatchObject({ type: 'object', additionalProperties: false })
    expect(JSON.parse(JSON.stringify(parameters))).toEqual(parameters)
  })

  it.each([
    ['http_request', { url: 'https://a.example/' }, true],
    ['http_request', { url: 'https://a.example/', headers: { 'x-key': 'key' }, body: [1] }, true],
    ['http_request', { url: 'https://a.example/', headers: { 'x-key': { secret: 'key' } } }, false],
    ['http_request', { url: 'https://a.example/', headers: { 'x-key': 1 } }, false],
    ['run_code', { source: 'return 1', input: { a: [1] } }, true],
    ['run_code', { code: 'return 1' }, false],
    ['calculator', { expression: '1 + 1' }, true],
    ['current_time', {}, true],
  ] satisfies [string, Json, boolean][])('the schema of %s answers for %j: %s', (name, args, fits) => {
    const parameters = builtInTools.find((tool) => tool.name === name)?.parameters ?? {}
    expect(validateJson(parameters, args).length === 0).toBe(fits)
  })

  it('judge a request by its method, and one that makes no sense by the worst', () => {
    const effectOf = (args: Json) => httpRequestSpec.effectOf(args)
    const url = 'https://a.example/'
    expect(effectOf({ url })).toEqual({ risk: 'read', repeatable: true })
    expect(effectOf({ url, method: 'HEAD' })).toEqual({ risk: 'read', repeatable: true })
    expect(effectOf({ url, method: 'DELETE' })).toEqual({ risk: 'write', repeatable: false })
    expect(effectOf({ url, method: 'get' })).toEqual({ risk: 'write', repeatable: false })
    expect(effectOf('GET')).toEqual({ risk: 'write', repeatable: false })
  })
})
