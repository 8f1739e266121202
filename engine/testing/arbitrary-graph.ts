import fc from 'fast-check'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'
import type { Json, JsonObject } from '@/engine/json'

/** What chance decides; the graph is made of it without further chance, so that shrinking works on the recipe. */
type Recipe = { kind: number; before: number; text: string; value: Json; option: number; inside: Recipe[] }

const text = fc.string({ unit: 'binary', maxLength: 40 }).map((raw) => raw.replaceAll(/[{}%\0]/g, '·'))
const value = fc
  .jsonValue({ maxDepth: 2 })
  .map((raw) => JSON.parse(JSON.stringify(raw).replaceAll(/__proto__|[{%]{2}/g, '·')) as Json)

const { recipe } = fc.letrec<{ recipe: Recipe }>((tie) => ({
  recipe: fc.record({
    kind: fc.nat(999),
    before: fc.nat(2 ** 12),
    text,
    value,
    option: fc.nat(999),
    inside: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<Recipe[]>([]),
      fc.array(tie('recipe'), { maxLength: 4 }),
    ),
  }),
}))

/** Graphs without any fault, with every kind, boxes in boxes and references to all that may be seen. */
export const arbitraryGraph: fc.Arbitrary<Graph> = fc
  .record({ name: text, recipes: fc.array(recipe, { maxLength: 8 }), description: fc.option(text, { nil: undefined }) })
  .map(({ name, recipes, description }) => {
    const build: Build = { nodes: [], edges: [], visible: ['input'], parent: null }
    build.nodes.push({ id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } })
    fillScope(build, recipes, ['start'])
    return {
      baton: 1,
      name: name.slice(0, 200),
      ...(description === undefined ? {} : { description }),
      roles: { critic: { persona: name } },
      nodes: build.nodes,
      edges: build.edges,
    }
  })

type Build = { nodes: GraphNode[]; edges: GraphEdge[]; visible: string[]; parent: string | null }

const portOf: Readonly<Record<string, string>> = {
  condition: 'true',
  approval: 'rejected',
  gate: 'pass',
  router: 'otherwise',
}
const kinds = [
  ...['agent', 'condition', 'router', 'merge', 'approval', 'gate', 'transform', 'code', 'http', 'tool', 'wait'],
  ...['workflow', 'note', 'team', 'map', 'loop'],
]

function fillScope(build: Build, recipes: readonly Recipe[], first: readonly string[]): void {
  const upstream = new Map<string, Set<string>>(first.map((id) => [id, new Set()]))
  const behind = new Set(first)
  for (const recipe of recipes) {
    const kind = kinds[recipe.kind % kinds.length] ?? 'merge'
    const id = `n${build.nodes.length}`
    const siblings =
      kind === 'note' ? [] : [...upstream.keys()].filter((_, index) => (recipe.before >> (index % 12)) & 1)
    const seen = new Set(siblings.flatMap((sibling) => [sibling, ...(upstream.get(sibling) ?? [])]))
    const visible = [...build.visible, ...[...seen].map((name) => (name === 'start' ? 'start.topic' : name))]
    addNode(build, { id, kind, recipe, visible })
    for (const source of siblings) {
      draw(build, source, id)
      behind.delete(source)
    }
    if (kind === 'note') continue
    upstream.set(id, seen)
    behind.add(id)
  }
  const end = `n${build.nodes.length}`
  build.nodes.push({ id: end, kind: 'output', config: {}, ...inBox(build.parent) })
  for (const source of behind) draw(build, source, end)
}

const inBox = (parent: string | null) => (parent === null ? {} : { parent })

function draw(build: Build, source: string, target: string): void {
  const port = portOf[build.nodes.find((node) => node.id === source)?.kind ?? '']
  build.edges.push({ source, ...(port === undefined ? {} : { sourcePort: port }), target })
}

type Coming = { id: string; kind: string; recipe: Recipe; visible: readonly string[] }

function addNode(build: Build, { id, kind, recipe, visible }: Coming): void {
  const { option } = recipe
  const node: GraphNode = {
    id,
    kind,
    ...inBox(build.parent),
    ...(option % 3 === 0 ? { name: recipe.text, position: { x: option, y: 0.5 - option } } : {}),
    ...(option % 5 === 0
      ? { retry: { max: option % 4, backoff: 'fixed' }, timeoutSeconds: 1 + option, onDoubt: 'ask' }
      : {}),
    ...(option % 7 === 0 && kind !== 'condition' ? { onError: 'continue' } : {}),
    config: configOf(kind, { recipe, visible, first: build.nodes.length + 1 }),
  }
  build.nodes.push(node)
  const inner: Build = { ...build, parent: id, visible: [...visible] }
  if (kind === 'team') addMembers(inner, recipe.inside)
  if (kind === 'map') fillScope({ ...inner, visible: [...visible, 'item', 'index', `${id}.index`] }, recipe.inside, [])
  if (kind === 'loop') fillScope({ ...inner, visible: [...visible, 'iteration', `${id}.previous`] }, recipe.inside, [])
}

function addMembers(build: Build, recipes: readonly Recipe[]): void {
  const blank: Recipe = { kind: 0, before: 0, text: '', value: null, option: 1, inside: [] }
  for (const recipe of [blank, blank, ...recipes]) {
    const kind = recipe.option % 3 === 0 ? 'workflow' : 'agent'
    addNode(build, { id: `n${build.nodes.length}`, kind, recipe, visible: build.visible })
  }
}

function configOf(kind: string, at: { recipe: Recipe; visible: readonly string[]; first: number }): JsonObject {
  const { text, value, option } = at.recipe
  const reference = at.visible[option % at.visible.length] ?? 'input'
  const template = `${text}{{ ${reference} }}`
  const configs: Readonly<Record<string, JsonObject>> = {
    agent: { model: 'default', instructions: text, prompt: template, role: 'critic', temperature: (option % 20) / 10 },
    team: { mode: option % 2 ? 'supervisor' : 'parallel', goal: template, lead: `n${at.first}` },
    router: { mode: 'rules', routes: [{ name: 'one', when: `${reference} != null` }] },
    condition: { expression: `size(string(${reference})) > ${option}` },
    map: { items: `[${reference}, 1, 2]`, concurrency: 1 + option },
    loop: { until: `iteration >= ${option} || output == null`, maxIterations: 1 + option },
    merge: { mode: option % 2 ? 'any' : 'all' },
    approval: { title: text, message: template, timeoutSeconds: 1 + option, onTimeout: 'reject' },
    gate: { checks: [{ type: 'rule', expression: `${reference} != null` }] },
    transform: option % 2 ? { template, as: 'text' } : { template: { a: value, b: [template] }, as: 'json' },
    code: { source: `return 1 //${text}` },
    http: {
      method: 'POST',
      url: template,
      headers: { 'x-key': { secret: 'key' }, accept: text },
      body: { value, template },
    },
    tool: { tool: 'calculator', arguments: { value, expression: template } },
    wait: { seconds: option },
    workflow: { workflow: 'other', input: { value, template } },
    note: { text, color: 'yellow' },
  }
  return configs[kind] ?? {}
}
