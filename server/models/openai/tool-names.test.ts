import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toolNames } from '@/server/models/openai/tool-names'
import { askAt } from '@/server/models/testing/ask'
import { startModelServer } from '@/server/models/testing/model-server'

const toolsNamed = (...names: string[]) => names.map((name) => ({ name, description: '', parameters: {} }))
const requestWith = (...names: string[]) => ({ model: 'm', messages: [], tools: toolsNamed(...names) })

it('any set of tool names is sent in a form that endpoints take, and comes back as it was', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.stringMatching(/^mcp\/[ab]{1,2}\/[./_]{1,3}$/),
    fc.stringMatching(/^[a-z_]{1,70}$/),
  )
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), (names) => {
      const { toWire, fromWire } = toolNames(requestWith(...names))
      const wire = names.map(toWire)
      expect(new Set(wire).size).toBe(names.length)
      for (const each of wire) expect(each).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
      expect(wire.map(fromWire)).toEqual(names)
    }),
  )
})

it('a plain name is never changed by another one', () => {
  const { toWire } = toolNames(requestWith('a/b', 'a_b'))
  expect([toWire('a_b'), toWire('a/b')]).toEqual(['a_b', 'a_b_2'])
})

it('a tool of an MCP server is offered, called and remembered under its own name', async () => {
  const call = { name: 'mcp_files_read', arguments: '{"path":"x"}' }
  const server = await startModelServer({ script: () => ({ kind: 'tools', calls: [call] }) })
  const tools = toolsNamed('mcp/files/read')
  const first = await askAt(server.url, {}, { tools })
  expect(first.toolCalls).toMatchObject([{ name: 'mcp/files/read', arguments: { path: 'x' } }])
  await askAt(server.url, {}, { tools, messages: [{ role: 'assistant', content: '', toolCalls: first.toolCalls }] })
  expect(JSON.stringify(server.requests[1]?.body.messages)).toContain('"name":"mcp_files_read"')
  await server.close()
})
