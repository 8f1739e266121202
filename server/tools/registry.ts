import type { ToolDefinition } from '@/server/tools/tool'

export type ToolRegistry = {
  list(): readonly ToolDefinition[]
  get(name: string): ToolDefinition | undefined
}

export function createToolRegistry(definitions: readonly ToolDefinition[]): ToolRegistry {
  const byName = new Map<string, ToolDefinition>()
  for (const definition of definitions) {
    if (byName.has(definition.name)) throw new Error(`Two tools are called ${definition.name}.`)
    byName.set(definition.name, definition)
  }
  return { list: () => definitions, get: (name) => byName.get(name) }
}
