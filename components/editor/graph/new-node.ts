import { indexOf } from '@/components/editor/graph/graph-index'
import { specOf } from '@/components/editor/graph/kinds'
import { isId } from '@/engine/graph/ids'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import type { JsonObject } from '@/engine/json'

/** Ids that read well in `{{ start.topic }}`; the kind itself where nothing better is known. */
const stems: { readonly [kind: string]: string } = {
  input: 'start',
  output: 'done',
  map: 'each',
  loop: 'repeat',
  http: 'request',
  workflow: 'child',
}

/** What a new node begins with. What only a person can know is left out: that is a problem one sees, not a guess. */
const beginnings: { readonly [kind: string]: JsonObject } = {
  input: { fields: [{ name: 'topic', type: 'text', required: true }] },
  agent: { model: 'default', instructions: '' },
  team: { mode: 'supervisor' },
  router: { mode: 'rules', routes: [{ name: 'first' }] },
  loop: { maxIterations: 3 },
  merge: { mode: 'all' },
  http: { method: 'GET' },
  wait: { seconds: 60 },
  note: { text: '' },
}

export function newNode(graph: Graph, kind: string): GraphNode {
  const id = freeId(graph, stems[kind] ?? kind)
  const number = /_(\d+)$/.exec(id)?.[1]
  const title = specOf(kind)?.title ?? kind
  return {
    id,
    kind,
    ...(kind === 'note' ? {} : { name: number === undefined ? title : `${title} ${number}` }),
    config: beginnings[kind] ?? {},
  }
}

/** `agent`, `agent_2`, …: not in the graph, named by nothing in it, and no word with a meaning of its own. */
export function freeId(graph: Graph, wanted: string, alsoTaken: ReadonlySet<string> = new Set()): string {
  const taken = takenIds(graph)
  const isFree = (id: string) => isId(id) && !taken.has(id) && !alsoTaken.has(id)
  const stem = wanted.replace(/_\d+$/, '').slice(0, 34)
  if (isFree(wanted)) return wanted
  for (let number = 2; ; number += 1) {
    const id = `${stem}_${number}`
    if (isFree(id)) return id
  }
}

function takenIds(graph: Graph): ReadonlySet<string> {
  const taken = new Set(indexOf(graph).byId.keys())
  for (const node of graph.nodes) if (node.parent !== undefined) taken.add(node.parent)
  for (const { source, target } of graph.edges) taken.add(source).add(target)
  return taken
}
