import { checkJson, formatPlace } from '@/engine/graph/check-json'
import { configProblems } from '@/engine/graph/config-problems'
import { keysAt, schemaOf } from '@/engine/graph/config-schema'
import { isReserved } from '@/engine/graph/ids'
import { describeIssues, type Place, problemLimit } from '@/engine/graph/issues'
import { suggestion } from '@/engine/graph/nearest'
import { Graph } from '@/engine/graph/schema'
import { isJsonObject, type JsonObject, own } from '@/engine/json'
import type { KindSpecs } from '@/engine/kind/spec'
import type { Problem } from '@/engine/plan/plan'

export type ParsedGraph = { ok: true; graph: Graph } | { ok: false; problems: readonly Problem[] }

/**
 * Is this a graph in the public format? Everything that is there must be right; what is missing in a node's config is
 * left to compile, so that a half-finished draft can be saved. Says all that is wrong at once.
 */
export function parseGraph(raw: unknown, specs: KindSpecs): ParsedGraph {
  const checked = checkJson(raw)
  if (!checked.ok) return checked
  const { value } = checked
  const version = checkVersion(value)
  if (version !== null) return { ok: false, problems: [version] }
  const parsed = Graph.safeParse(value)
  const problems = [...(parsed.success ? [] : shapeProblems(parsed.error.issues, value)), ...nodeProblems(value, specs)]
  if (problems.length > 0 || !parsed.success) return { ok: false, problems: shorten(problems) }
  return { ok: true, graph: parsed.data }
}

function checkVersion(value: unknown): Problem | null {
  if (!isJsonObject(value))
    return error('wrong_type', [], 'A graph must be an object with `baton: 1`, `name`, `nodes` and `edges`.')
  const version = own(value, 'baton')
  if (version === 1 || version === undefined) return null
  const shown = JSON.stringify(version).slice(0, 40)
  return error(
    'unknown_version',
    ['baton'],
    `The format version is ${shown}, but this Baton reads version 1; write \`baton: 1\`.`,
  )
}

type Issues = Parameters<typeof describeIssues>[0]

function shapeProblems(issues: Issues, value: unknown): Problem[] {
  const schema = schemaOf(Graph)
  return describeIssues(issues, { value, at: [], keysAt: (place) => keysAt(schema, place), wanted: 'everything' }).map(
    (problem) => withNode(problem, value),
  )
}

/** A problem whose path begins with `nodes[2]` also names that node. */
function withNode(problem: Problem, value: unknown): Problem {
  const match = /^nodes\[(\d+)\](?:\.(\w+))?/.exec(problem.path ?? '')
  const nodes = isJsonObject(value) ? own(value, 'nodes') : undefined
  const node = match !== null && Array.isArray(nodes) ? nodes[Number(match[1])] : undefined
  if (!isJsonObject(node) || typeof node.id !== 'string') return problem
  return { ...problem, nodeId: node.id.slice(0, 80), ...(match?.[2] === undefined ? {} : { field: match[2] }) }
}

/** Works on what came in, whatever else is wrong with it. */
function nodeProblems(value: unknown, specs: KindSpecs): Problem[] {
  const nodes = isJsonObject(value) ? own(value, 'nodes') : undefined
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  for (const [index, node] of (Array.isArray(nodes) ? nodes : []).entries()) {
    if (problems.length > problemLimit) break
    if (isJsonObject(node)) problems.push(...idProblems(node, index, seen), ...kindProblems(node, index, specs))
  }
  return problems
}

function idProblems(node: JsonObject, index: number, seen: Map<string, number>): Problem[] {
  const { id } = node
  if (typeof id !== 'string') return []
  const place = ['nodes', index, 'id']
  const named = (code: string, message: string): Problem[] => [
    { ...error(code, place, message), nodeId: id.slice(0, 80), field: 'id' },
  ]
  const first = seen.get(id)
  if (first !== undefined) {
    return named(
      'duplicate_id',
      `nodes[${index}] has the id \`${id.slice(0, 80)}\` of nodes[${first}]; give it another one.`,
    )
  }
  seen.set(id, index)
  if (!isReserved(id)) return []
  return named('reserved_id', `\`${id}\` has a meaning of its own in expressions; give nodes[${index}] another id.`)
}

function kindProblems(node: JsonObject, index: number, specs: KindSpecs): Problem[] {
  const { kind, id, config } = node
  if (typeof kind !== 'string') return []
  const nodeId = typeof id === 'string' ? { nodeId: id.slice(0, 80) } : {}
  const spec = own(specs, kind)
  if (spec === undefined) {
    const message = `nodes[${index}] is of the unknown kind \`${kind.slice(0, 80)}\`; choose another.${suggestion(kind, Object.keys(specs))}`
    return [{ ...error('unknown_kind', ['nodes', index, 'kind'], message), ...nodeId, field: 'kind' }]
  }
  if (!isJsonObject(config)) return []
  return configProblems(spec, config, { at: ['nodes', index, 'config'], wanted: 'present' }).map((problem) => ({
    ...problem,
    ...nodeId,
  }))
}

const error = (code: string, place: Place, message: string): Problem => ({
  code,
  severity: 'error',
  ...(place.length === 0 ? {} : { path: formatPlace(place) }),
  message,
})

function shorten(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= problemLimit) return problems
  return [...problems.slice(0, problemLimit), error('more_problems', [], 'There are more problems; mend these first.')]
}
