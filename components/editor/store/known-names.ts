import type { Known } from '@/engine/plan/known'
import { builtInTools } from '@/engine/tools/built-in'

const aliases = ['default', 'fast', 'smart', 'simulated'] as const

/** What a graph may name in this workspace. A connection may have more models than it lists, so its name is enough. */
export function knownNames(connections: readonly string[]): Known {
  const own = new Set<string>(aliases)
  const begins = connections.map((name) => `${name}/`)
  return {
    tools: new Set(builtInTools.map(({ name }) => name)),
    aliases: {
      has: (name) => own.has(name) || begins.some((begin) => name.startsWith(begin) && name.length > begin.length),
      [Symbol.iterator]: () => own[Symbol.iterator](),
    },
  }
}
