import type { Graph } from '@/engine/graph/schema'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { KindSpecs } from '@/engine/kind/spec'
import { placeNodes } from '@/engine/plan/containers'
import { ask, boxesAround, type DraftNode, isNote } from '@/engine/plan/draft'
import { draftNodes } from '@/engine/plan/draft-nodes'
import { connect } from '@/engine/plan/edges'
import { orderScopes } from '@/engine/plan/order'
import { type PastRun, pastOf } from '@/engine/plan/past-values'
import { newReport } from '@/engine/plan/report'
import { type Layout, nodesBefore } from '@/engine/plan/visible'

/** A name that the expressions of a node may use. */
export type UpstreamValue = {
  name: string
  from:
    | { type: 'node'; id: string; kind: string; title: string }
    | { type: 'arrives' }
    | { type: 'bound'; box: string }
    | { type: 'box'; id: string }
    | { type: 'result' }
  /** What it holds, as far as that is known; null when nothing is. */
  fields: readonly string[] | null
  /** What it was in the last run; absent when it isn't known. */
  value?: Json
}

type Place = { node: string /** As the box's own condition sees it after its children. */; inside?: boolean }
type Given = { graph: Graph; specs: KindSpecs; past?: PastRun | null }

const memberInput = ['task', 'from', 'round', 'transcript']

/** Everything the node may refer to, the nearest first. A graph in which much is wrong is no hindrance. */
export function upstreamOf({ graph, specs, past = null }: Given, { node: id, inside = false }: Place): UpstreamValue[] {
  const layout = layOut(graph, specs)
  const node = layout.byId.get(id)
  if (node === undefined || isNote(node)) return []
  const values = pastOf(past, layout)
  const before = nodesBefore(node, layout).sort((a, b) => depth(b) - depth(a) || b.position - a.position)
  const children = inside ? node.children.filter((child) => !isNote(child)) : []
  return firstOfEach([
    ...(inside ? endNames(node, values.afterwards(node)) : []),
    ...children.map((child) => fromNode(child, values.insideOf(node, child))),
    ...(node.node.kind === 'input' ? [] : [arriving(node, values.arrived)]),
    ...[...boxesAround(node)].flatMap((box) => bindings(box, values.bound(box))),
    ...before.map((other) => fromNode(other, values.seen(other))),
  ])
}

const laidOut = new WeakMap<Graph, { specs: KindSpecs; layout: Layout }>()

/** Reads the whole graph; asked again for the same one (for the values of a run that goes on), it is there. */
function layOut(graph: Graph, specs: KindSpecs): Layout {
  const known = laidOut.get(graph)
  if (known?.specs === specs) return known.layout
  const report = newReport()
  const byId = draftNodes(graph, specs, report)
  placeNodes(byId, report)
  connect(graph.edges, byId, report)
  const layout = { byId, scopes: orderScopes(byId, report) }
  laidOut.set(graph, { specs, layout })
  return layout
}

const depth = (node: DraftNode): number => [...boxesAround(node)].length

const withValue = (value: Json | undefined): { value?: Json } => (value === undefined ? {} : { value })

function fromNode(node: DraftNode, value: Json | undefined): UpstreamValue {
  const { id, kind, name } = node.node
  const title = name === undefined || name.trim() === '' ? node.spec.title : name
  return { name: id, from: { type: 'node', id, kind, title }, fields: fieldsOf(node, value), ...withValue(value) }
}

/** What the kind promises, and what there was in the last run. */
function fieldsOf(node: DraftNode, value: Json | undefined): readonly string[] | null {
  const declared = ask(node, (config) => node.spec.outputFields?.(config) ?? null)
  const found = keysOf(value)
  if (declared === null) return found
  const failing = node.node.onError === undefined || node.node.onError === 'fail' ? [] : ['error']
  return [...new Set([...declared, ...failing, ...(found ?? [])])]
}

const keysOf = (value: Json | undefined): readonly string[] | null =>
  value !== undefined && isJsonObject(value) ? Object.keys(value) : null

function arriving(node: DraftNode, value: Json | undefined): UpstreamValue {
  const fields = [...new Set([...(arrivingFields(node) ?? []), ...(keysOf(value) ?? [])])]
  return { name: 'input', from: { type: 'arrives' }, fields: fields.length > 0 ? fields : null, ...withValue(value) }
}

function arrivingFields(node: DraftNode): readonly string[] | null {
  if (node.parent?.spec.box?.members !== undefined) return memberInput
  const sources = [...new Set(node.incoming.map(({ source }) => source))]
  const [only, ...others] = sources
  if (only === undefined) return node.parent === null ? null : arrivingFields(node.parent)
  const joins = ask(node, (config) => node.spec.join?.(config)) ?? 'all'
  if (others.length > 0) return joins === 'all' ? sources.map((source) => source.node.id) : null
  // Kinds with several ways out pass on what arrived; their fields are those of their own detail.
  const isPassing = (ask(only, (config) => only.spec.ports(config)) ?? []).length > 1
  return isPassing ? arrivingFields(only) : fieldsOf(only, undefined)
}

/** The short names mean the innermost box that binds them; `<box>.item` is any of them. */
function bindings(box: DraftNode, bound: JsonObject): UpstreamValue[] {
  const names = box.spec.box?.binds ?? []
  if (names.length === 0) return []
  const id = box.node.id
  const known = Object.keys(bound).length > 0
  const whole = { name: id, from: { type: 'box', id } as const, fields: names, ...(known ? { value: bound } : {}) }
  return [...names.map((name) => boundName(name, id, own(bound, name))), whole]
}

const boundName = (name: string, box: string, value: Json | undefined): UpstreamValue => ({
  name,
  from: { type: 'bound', box },
  fields: keysOf(value),
  ...withValue(value),
})

/** What the condition that ends a loop sees beside the nodes inside. */
function endNames(box: DraftNode, after: JsonObject): UpstreamValue[] {
  const output = own(after, 'output')
  const result: UpstreamValue = {
    name: 'output',
    from: { type: 'result' },
    fields: keysOf(output),
    ...withValue(output),
  }
  const counts = box.spec.box?.binds.some((name) => name === 'iteration') ?? false
  return counts ? [result, boundName('iteration', box.node.id, own(after, 'iteration'))] : [result]
}

function firstOfEach(values: readonly UpstreamValue[]): UpstreamValue[] {
  const names = new Set<string>()
  return values.filter(({ name }) => !names.has(name) && names.add(name))
}
