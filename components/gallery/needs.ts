import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'

export type Needs = {
  /** Names of models, as agents ask for them. */
  models: readonly string[]
  secrets: readonly string[]
  tools: readonly string[]
  /** It stops until somebody decides. */
  asksPeople: boolean
}

/** What has to be there for a run, read from the graph itself, so that it can't be out of date. */
export function needsOf({ nodes, roles }: Pick<Graph, 'nodes' | 'roles'>): Needs {
  const configs = nodes.map(({ config }) => config)
  const models = [
    // An agent that names no model takes that of its role, else the default one.
    ...nodes.map(({ kind, config: { model, role } }) =>
      model === undefined && kind === 'agent' ? (roles?.[String(role)]?.model ?? 'default') : model,
    ),
    ...Object.values(roles ?? {}).map(({ model }) => model),
  ]
  return {
    models: sorted(models),
    secrets: sorted(configs.flatMap(secretsIn)),
    tools: sorted(configs.flatMap(({ tools, tool }) => [...(Array.isArray(tools) ? tools : []), tool])),
    asksPeople: nodes.some(({ kind }) => kind === 'approval'),
  }
}

const sorted = (names: readonly (Json | undefined)[]): string[] =>
  [...new Set(names.filter((name) => typeof name === 'string' && name !== ''))].map(String).sort()

/** A secret stands in a config as `{ secret: name }`, at any depth. */
function secretsIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return []
  if ('secret' in value && typeof value.secret === 'string') return [value.secret]
  return Object.values(value).flatMap(secretsIn)
}
