import { boundNames } from '@/engine/graph/ids'
import { renameReferences } from '@/engine/graph/rename-references'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import { canRunAlone, type KindSpecs } from '@/engine/kind/spec'
import { placeNodes } from '@/engine/plan/containers'
import { ask, boxesAround, type DraftNode, isNote } from '@/engine/plan/draft'
import { draftNodes } from '@/engine/plan/draft-nodes'
import { type Mention, readExpressions } from '@/engine/plan/expressions'
import { newReport } from '@/engine/plan/report'

type Given = { graph: Graph; specs: KindSpecs }

export type Alone =
  | { ok: true; graph: Graph; input: JsonObject; inside: readonly string[] }
  | { ok: false; problems: readonly { path: string; message: string }[] }

/** The names that a node, and what lies in it, refers to and that somebody has to give when it runs by itself. */
export function neededNames({ graph, specs }: Given, id: string): readonly string[] {
  const byId = layOut(graph, specs)
  const target = byId.get(id)
  return target === undefined ? [] : neededOf(target, byId)
}

/**
 * A graph in which a node, with what lies in it, runs by itself: whatever it refers to stands before it as a node of the
 * same name that gives what was given, so that nothing in the node has to change but the names that a box around it binds.
 */
export function aloneGraph({ graph, specs }: Given, id: string, given: JsonObject): Alone {
  const byId = layOut(graph, specs)
  const target = byId.get(id)
  if (target === undefined) return refused('node', `There is no node ${id} in the draft.`)
  if (!canRunAlone(target.spec)) return refused('node', `${target.spec.title} is no kind that can run alone.`)
  const needed = neededOf(target, byId)
  const problems = problemsOf(needed, given)
  if (problems.length > 0) return { ok: false, problems }
  const values = standIns(target, needed, given)
  const names = idsFor(graph)
  const inside = [target, ...insideOf(target)].filter((node) => !isNote(node))
  const ids = new Set(inside.map(({ node }) => node.id))
  const renamed = new Map(needed.flatMap((name) => boundBy(target, name)))
  return {
    ok: true,
    input: { ...values, [arrivesField]: given.input ?? null },
    inside: [...ids],
    graph: {
      ...graphHead(graph, target),
      nodes: [
        ...before(names, Object.keys(values), byId),
        ...inside.map((node) => moved(specs, node, target, renamed)),
        { id: names.result, kind: 'output', position: at(4, 0), config: { value: `{{ ${id} }}` } },
      ],
      edges: [
        ...edgesTo(names, Object.keys(values), id),
        ...graph.edges.filter(({ source, target: to }) => source !== id && to !== id && ids.has(source) && ids.has(to)),
        ...portsOf(target).map((sourcePort) => ({ source: id, sourcePort, target: names.result })),
      ],
    },
  }
}

const refused = (path: string, message: string): Alone => ({ ok: false, problems: [{ path, message }] })

function layOut(graph: Graph, specs: KindSpecs): Map<string, DraftNode> {
  const report = newReport()
  const byId = draftNodes(graph, specs, report)
  placeNodes(byId, report)
  return byId
}

const insideOf = (box: DraftNode): DraftNode[] => box.children.flatMap((child) => [child, ...insideOf(child)])
const isWithin = (node: DraftNode, target: DraftNode): boolean =>
  node === target || boxesAround(node).some((box) => box === target)
const binds = (box: DraftNode, name: string): boolean => box.spec.box?.binds.some((bound) => bound === name) ?? false

function neededOf(target: DraftNode, byId: ReadonlyMap<string, DraftNode>): readonly string[] {
  const mentions = [target, ...insideOf(target)].flatMap((node) => readExpressions(node, newReport()))
  return [...new Set(mentions.filter((mention) => comesFromOutside(mention, target, byId)).map(rootOf))]
}

const rootOf = ({ reference }: Mention): string => reference.root

function comesFromOutside(mention: Mention, target: DraftNode, byId: ReadonlyMap<string, DraftNode>): boolean {
  const { node, inside } = mention
  const root = rootOf(mention)
  if (root === 'input') return node === target
  const referred = byId.get(root)
  if (referred !== undefined) return !isWithin(referred, target)
  const binder = [...(inside ? [node] : []), ...boxesAround(node)].find((box) => binds(box, root))
  return boundNames.has(root) && binder !== undefined && !isWithin(binder, target)
}

function problemsOf(needed: readonly string[], given: JsonObject) {
  const missing = needed
    .filter((name) => name !== 'input' && own(given, name) === undefined)
    .map((name) => ({ path: `given.${name}`, message: `It refers to ${name}: say what that is, or null.` }))
  const unknown = Object.keys(given)
    .filter((name) => name !== 'input' && !needed.includes(name))
    .map((name) => ({ path: `given.${name}`, message: `It does not refer to ${name}; leave it out.` }))
  return [...missing, ...unknown]
}

/** A name that a box around binds is a field of that box, which a node of the same name stands for here. */
function boundBy(target: DraftNode, name: string): [string, string][] {
  const binder = boxesAround(target).find((box) => binds(box, name))
  return boundNames.has(name) && binder !== undefined ? [[name, `${binder.node.id}.${name}`]] : []
}

/** The values by the node that gives them. */
function standIns(target: DraftNode, needed: readonly string[], given: JsonObject): JsonObject {
  const values: { [id: string]: Json } = {}
  for (const name of needed) {
    if (name === 'input' || boundNames.has(name)) continue
    values[name] = own(given, name) ?? null
  }
  for (const name of needed) {
    const box = boxesAround(target).find((candidate) => binds(candidate, name))
    if (!boundNames.has(name) || box === undefined) continue
    const known = own(values, box.node.id)
    const others = known !== undefined && isJsonObject(known) ? known : {}
    values[box.node.id] = { ...others, [name]: own(given, name) ?? null }
  }
  return values
}

const arrivesField = 'arrives'

type Names = { given: string; arrives: string; result: string }

function idsFor({ nodes }: Graph): Names {
  const taken = new Set(nodes.map(({ id }) => id))
  const free = (wanted: string): string => {
    const found = [wanted, ...nodes.map((_, index) => `${wanted}_${index + 2}`)].find((id) => !taken.has(id))
    return found ?? `${wanted}_${nodes.length + 2}`
  }
  return { given: free('given'), arrives: free('arrives'), result: free('result') }
}

/** `as: json` with exactly one reference hands a value on as it is; templates in it are only words. */
const handingOn = (given: string, field: string): JsonObject => ({ as: 'json', template: `{{ ${given}.${field} }}` })

function before(names: Names, stands: readonly string[], byId: ReadonlyMap<string, DraftNode>): GraphNode[] {
  const fields = [...stands, arrivesField].map((name): JsonObject => ({ name, type: 'json' }))
  return [
    { id: names.given, kind: 'input', name: 'Given values', position: at(0, 0), config: { fields } },
    ...stands.map((id, row): GraphNode => {
      const title = byId.get(id)?.node.name ?? id
      return { id, kind: 'transform', name: title, position: at(1, row), config: handingOn(names.given, id) }
    }),
    {
      id: names.arrives,
      kind: 'transform',
      name: 'What arrives',
      position: at(2, 0),
      config: handingOn(names.given, arrivesField),
    },
  ]
}

function edgesTo({ given, arrives }: Names, stands: readonly string[], id: string): GraphEdge[] {
  const through = stands.flatMap((stand) => [
    { source: given, target: stand },
    { source: stand, target: arrives },
  ])
  return [...(stands.length === 0 ? [{ source: given, target: arrives }] : through), { source: arrives, target: id }]
}

/** Inside boxes of the piece that bind the same name, it is theirs. */
function moved(specs: KindSpecs, draft: DraftNode, target: DraftNode, renamed: ReadonlyMap<string, string>): GraphNode {
  const around = [...boxesAround(draft)].filter((box) => isWithin(box, target))
  const isBound = (name: string): boolean =>
    around.some((box) => binds(box, name)) || (endsItself(draft) && binds(draft, name))
  const names = new Map([...renamed].filter(([name]) => !isBound(name)))
  const config = names.size === 0 ? draft.node.config : renameReferences(specs, draft.node, names)
  const { parent, ...rest } = draft.node
  if (draft !== target) return { ...rest, ...(parent === undefined ? {} : { parent }), config }
  return { ...rest, position: at(3, 0), config: withTask(target, config) }
}

/** The condition that ends a box is its own: it sees what the box binds. */
const endsItself = (draft: DraftNode): boolean =>
  (ask(draft, (config) => draft.spec.expressions(config)) ?? []).some(({ inside }) => inside === true)

/** In its team a member without a prompt is told the task of its turn. */
function withTask({ parent, node }: DraftNode, config: JsonObject): JsonObject {
  const isTold = parent?.spec.box?.members !== undefined && node.kind === 'agent' && config.prompt === undefined
  return isTold ? { ...config, prompt: '{{ input.task }}' } : config
}

const portsOf = (target: DraftNode): readonly string[] => [
  ...(ask(target, (config) => target.spec.ports(config)) ?? ['out']),
  ...(target.node.onError === 'branch' ? ['error'] : []),
]

function graphHead(
  { roles, budget, name }: Graph,
  { node, spec }: DraftNode,
): Pick<Graph, 'baton' | 'name' | 'roles' | 'budget'> {
  const title = node.name === undefined || node.name.trim() === '' ? spec.title : node.name
  return {
    baton: 1,
    name: `${title} alone · ${name}`.slice(0, 200),
    ...(roles === undefined ? {} : { roles }),
    ...(budget === undefined ? {} : { budget }),
  }
}

const at = (column: number, row: number) => ({ x: column * 320, y: row * 120 })
