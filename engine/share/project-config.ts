import type { GraphNode } from '../graph/schema'
import { isJsonObject, type Json, type JsonObject } from '../json'
import type { ShareInclude } from './options'

type Config = JsonObject

const pick = (config: Config, ...keys: string[]): Config =>
  Object.fromEntries(keys.flatMap((key) => (config[key] === undefined ? [] : [[key, config[key]]])))

const objects = (list: Json | undefined): readonly JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : []

/** What the canvas needs in order to draw a node and its ports, and nothing that anybody wrote. */
const shapes: { readonly [kind: string]: (config: Config) => Config } = {
  team: (config) => ({ ...pick(config, 'mode', 'lead', 'judge', 'combine', 'maxRounds'), goal: '' }),
  router: ({ mode, routes }) => ({
    ...(mode === undefined ? {} : { mode }),
    routes: objects(routes).map((route) => pick(route, 'name')),
  }),
  merge: (config) => pick(config, 'mode'),
  map: (config) => pick(config, 'concurrency', 'onItemError'),
  loop: (config) => pick(config, 'maxIterations', 'onLimit'),
  http: (config) => pick(config, 'method'),
  transform: (config) => ({ ...pick(config, 'as'), template: '' }),
}

/** The whole of it, except for what the other switches are about. */
const wholes: { readonly [kind: string]: (config: Config, include: ShareInclude) => Config } = {
  input: ({ fields }, { input }) => ({
    fields: objects(fields).map((field) =>
      pick(field, 'name', 'type', 'label', 'required', ...(input ? ['default'] : []), 'choices'),
    ),
  }),
  output: (config) => pick(config, 'value'),
  agent: (config, { costs }) => ({
    ...pick(
      config,
      'instructions',
      'prompt',
      'outputSchema',
      'temperature',
      'maxOutputTokens',
      'maxSteps',
      'role',
      'autonomy',
      'tools',
    ),
    ...(costs ? pick(config, 'model') : alias(config)),
  }),
  team: (config) => pick(config, 'mode', 'goal', 'lead', 'judge', 'maxRounds', 'combine', 'vote', 'weights', 'tie'),
  router: ({ routes, ...config }) => ({
    ...pick(config, 'mode', 'prompt'),
    ...alias(config),
    routes: objects(routes).map((route) => pick(route, 'name', 'when', 'description')),
  }),
  condition: (config) => pick(config, 'expression'),
  map: (config) => pick(config, 'items', 'concurrency', 'onItemError'),
  loop: (config) => pick(config, 'until', 'maxIterations', 'onLimit'),
  merge: (config) => pick(config, 'mode'),
  approval: (config) => pick(config, 'title', 'message', 'fields', 'timeoutSeconds', 'onTimeout'),
  gate: ({ checks }) => ({
    checks: objects(checks).map((check) => ({
      ...pick(check, 'type', 'expression', 'message', 'rubric', 'threshold', 'of'),
      ...alias(check),
    })),
  }),
  transform: (config) => pick(config, 'template', 'as'),
  code: (config) => pick(config, 'source', 'uses'),
  http: (config, { toolArguments }) => pick(config, 'method', ...(toolArguments ? ['url', 'headers', 'body'] : [])),
  tool: (config, { toolArguments }) => pick(config, 'tool', ...(toolArguments ? ['arguments'] : [])),
  wait: (config) => pick(config, 'seconds', 'until'),
  workflow: (config, { toolArguments }) => pick(config, 'workflow', 'version', ...(toolArguments ? ['input'] : [])),
  note: (config) => pick(config, 'text', 'color'),
}

/** `default` and `fast` mean something everywhere; `connection/model` is a name of this workspace. */
const alias = ({ model }: Config): Config => (typeof model === 'string' && /^[a-z]{1,20}$/.test(model) ? { model } : {})

/** A kind that nobody has thought of here shows nothing of its config. */
export function projectConfig({ kind, config }: Pick<GraphNode, 'kind' | 'config'>, include: ShareInclude): Config {
  const project = include.prompts ? wholes[kind] : shapes[kind]
  return project ? project(config, include) : {}
}
