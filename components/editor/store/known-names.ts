import type { Known } from '@/engine/plan/known'

type Workspace = { tools: readonly { name: string }[]; connections: readonly { name: string }[] }

const aliases = ['default', 'fast', 'smart', 'simulated'] as const

/** What a graph may name in this workspace. A connection may have more models than it lists, so its name is enough. */
export function knownNames({ tools, connections }: Workspace): Known {
  const own = new Set<string>(aliases)
  const begins = connections.map(({ name }) => `${name}/`)
  return {
    tools: new Set(tools.map(({ name }) => name)),
    aliases: {
      has: (name) => own.has(name) || begins.some((begin) => name.startsWith(begin) && name.length > begin.length),
      [Symbol.iterator]: () => own[Symbol.iterator](),
    },
  }
}
