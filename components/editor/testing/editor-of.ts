import { createEditorStore } from '@/components/editor/store/editor-store'
import { problemsOf } from '@/components/editor/store/problems-of'
import type { Editor } from '@/components/editor/store/types'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'

/** An open workflow without a page around it; what it says to the person is collected. */
export function editorOf(graph: Graph): Editor & { said: string[] } {
  const said: string[] = []
  return {
    workflowId: 'w',
    store: createEditorStore({ revision: 1, graph, pins: {} }),
    canvas: { current: null },
    findProblems: async (checked) => problemsOf(checked),
    saver: { flush: () => Promise.resolve(true), resolve: () => Promise.resolve(true) },
    say: (text) => void said.push(text),
    said,
  }
}

export const graphOf = (nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []): Graph => ({
  baton: 1,
  name: 'Test',
  nodes: [...nodes],
  edges: [...edges],
})

export const agent = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  kind: 'agent',
  config: {},
  ...more,
})
export const team = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  kind: 'team',
  config: { mode: 'supervisor', goal: 'g' },
  position: { x: 400, y: 0 },
  ...more,
})

export const nodeOf = (editor: Editor, id: string): GraphNode => {
  const node = editor.store.getState().graph.nodes.find((each) => each.id === id)
  if (node === undefined) throw new Error(`There is no ${id}.`)
  return node
}

export const wires = (editor: Editor): string[] =>
  editor.store
    .getState()
    .graph.edges.map(({ source, sourcePort, target }) => `${source}${sourcePort ? `.${sourcePort}` : ''}>${target}`)
    .toSorted()
