import type { Graph, GraphNode, Role } from '../graph/schema'
import type { Json, JsonObject } from '../json'
import { isJsonObject } from '../json'
import { budgetOf } from './event-rules'
import type { Mask } from './mask'
import type { ShownOptions } from './options'
import { projectConfig } from './project-config'

export const hiddenName = 'Hidden step'

export type ShownGraph = {
  graph: Graph
  /** By the id in the run: the id that is shown. Missing: it lies inside something hidden and is not shown at all. */
  ids: ReadonlyMap<string, string>
  /** As they are called in the run. */
  hidden: ReadonlySet<string>
}

/** The graph as it may leave: hidden nodes become blank ones, what lies inside them goes. */
export function projectGraph(graph: Graph, options: ShownOptions, mask: Mask): ShownGraph {
  const named = new Set(options.hide)
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const isInside = ({ parent }: GraphNode): boolean => {
    const box = parent === undefined ? undefined : byId.get(parent)
    return box !== undefined && (named.has(box.id) || isInside(box))
  }
  const isGone = (node: GraphNode) => isInside(node) || (named.has(node.id) && node.kind === 'note')
  const shown = graph.nodes.filter((node) => !isGone(node))
  const hidden = new Set(shown.filter(({ id }) => named.has(id)).map(({ id }) => id))
  const ids = shownIds(shown, hidden)
  const rename = (id: string) => ids.get(id) ?? id
  const isMember = ({ parent }: GraphNode) => byId.get(parent ?? '')?.kind === 'team'

  const nodeOf = (node: GraphNode): GraphNode => {
    const { position, size, parent } = node
    const place = {
      ...(position && { position: { x: position.x, y: position.y } }),
      ...(parent !== undefined && { parent: rename(parent) }),
    }
    const id = rename(node.id)
    if (hidden.has(node.id)) return { id, name: hiddenName, ...blankOf(isMember(node)), ...place }
    const config = renameIn(projectConfig(node, options.include), hidden, rename)
    return {
      id,
      kind: node.kind,
      ...(node.name !== undefined && { name: mask.text(node.name) }),
      ...place,
      ...(size && { size: { width: size.width, height: size.height } }),
      config: mask.value(config) as JsonObject,
      ...(options.include.prompts ? settingsOf(node) : {}),
    }
  }
  const { prompts, costs } = options.include
  return {
    graph: {
      baton: 1,
      name: mask.text(graph.name),
      ...(prompts && graph.description !== undefined && { description: mask.text(graph.description) }),
      ...(prompts && graph.roles && { roles: rolesOf(graph.roles, mask, costs) }),
      ...(costs && graph.budget && { budget: budgetOf(graph.budget) }),
      nodes: shown.map(nodeOf),
      edges: graph.edges
        .filter(({ source, target }) => ids.has(source) && ids.has(target))
        .map(({ source, sourcePort, target }) => ({
          source: rename(source),
          ...(sourcePort !== undefined && !hidden.has(source) && { sourcePort }),
          target: rename(target),
        })),
    },
    ids,
    hidden,
  }
}

/** An id can say a lot, so what is hidden gets one that says nothing. */
function shownIds(nodes: readonly GraphNode[], hidden: ReadonlySet<string>): ReadonlyMap<string, string> {
  const taken = new Set(nodes.map(({ id }) => id))
  let number = 0
  return new Map(
    nodes.map(({ id }) => {
      if (!hidden.has(id)) return [id, id]
      do number += 1
      while (taken.has(`hidden_${number}`))
      return [id, `hidden_${number}`]
    }),
  )
}

const blankOf = (isMember: boolean): Pick<GraphNode, 'kind' | 'config'> =>
  isMember ? { kind: 'agent', config: {} } : { kind: 'transform', config: { template: '' } }

const settingsOf = ({ retry, timeoutSeconds, onError, onDoubt }: GraphNode): Partial<GraphNode> => ({
  ...(retry && { retry }),
  ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  ...(onError && { onError }),
  ...(onDoubt && { onDoubt }),
})

const rolesOf = (roles: { readonly [id: string]: Role }, mask: Mask, costs: boolean): { [id: string]: Role } =>
  Object.fromEntries(
    Object.entries(roles).map(([id, { persona, model, allowedTools, forbiddenTopics, requiredOutputs }]) => [
      id,
      {
        ...(persona !== undefined && { persona: mask.text(persona) }),
        ...(costs && model !== undefined && { model }),
        ...(allowedTools && { allowedTools: allowedTools.map(mask.text) }),
        ...(forbiddenTopics && { forbiddenTopics: forbiddenTopics.map(mask.text) }),
        ...(requiredOutputs && { requiredOutputs: requiredOutputs.map(mask.text) }),
      },
    ]),
  )

const conditions: ReadonlySet<string> = new Set(['expression', 'when', 'until', 'items'])
const inBraces = /\{[{%][^{}]{0,2000}[}%]\}/g

/** References to what is hidden use its new id, so that the graph still fits together. */
function renameIn(config: JsonObject, hidden: ReadonlySet<string>, rename: (id: string) => string): JsonObject {
  if (hidden.size === 0) return config
  const word = new RegExp(`(?<![\\w.])(?:${[...hidden].join('|')})(?!\\w)`, 'g')
  const references = (text: string) => text.replace(word, rename)
  const walk = (value: Json, name: string): Json => {
    if (typeof value === 'string') {
      if (name === 'lead' || name === 'judge') return hidden.has(value) ? rename(value) : value
      return conditions.has(name) ? references(value) : value.replace(inBraces, references)
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => walk(item, name))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]))
  }
  return walk(config, '') as JsonObject
}
