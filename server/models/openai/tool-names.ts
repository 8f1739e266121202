import type { ModelRequest } from '@/engine/model/types'

/** Endpoints take letters, digits, `_` and `-`, at most 64 of them; Baton's names (`mcp/files/read`) may hold more. */
const plain = /^[a-zA-Z0-9_-]{1,64}$/

export type ToolNames = { toWire: (name: string) => string; fromWire: (name: string) => string }

const unchanged: ToolNames = { toWire: (name) => name, fromWire: (name) => name }

/** The same request always gives the same names, so that an answer can be read without keeping them. */
export function toolNames({ tools, messages }: ModelRequest): ToolNames {
  const called = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  const names = [...(tools ?? []), ...called].map((each) => each.name)
  if (names.every((name) => plain.test(name))) return unchanged
  const wireOf = new Map<string, string>()
  const realOf = new Map<string, string>()
  // Plain names first: they keep their own.
  for (const name of [...names.filter((each) => plain.test(each)), ...names]) {
    if (wireOf.has(name)) continue
    const short = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 60) || 'tool'
    let wire = plain.test(name) ? name : short
    for (let n = 2; realOf.has(wire); n += 1) wire = `${short}_${n}`
    wireOf.set(name, wire)
    realOf.set(wire, name)
  }
  return { toWire: (name) => wireOf.get(name) ?? name, fromWire: (name) => realOf.get(name) ?? name }
}
