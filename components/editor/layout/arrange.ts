import type { ELK } from 'elkjs/lib/elk-api'
import { change } from '@/components/editor/actions/commit'
import { type Point, placesOf } from '@/components/editor/graph/geometry'
import { isBox } from '@/components/editor/graph/kinds'
import { layoutTask, type Positions, positionsIn } from '@/components/editor/layout/elk-graph'
import type { Editor } from '@/components/editor/store/types'
import type { SingleEdit } from '@/engine/graph/edits'
import type { Graph } from '@/engine/graph/schema'

let elk: Promise<ELK> | null = null

/** The layout runs in a worker that is started when it is first asked for. */
const openElk = (): Promise<ELK> => {
  elk ??= import('elkjs/lib/elk-api').then(
    ({ default: Elk }) =>
      new Elk({ workerFactory: () => new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' }) }),
  )
  return elk
}

/** Arranges everything anew, in one step that can be undone, and lets one see where things go. */
export async function arrange(editor: Editor): Promise<void> {
  const { graph } = editor.store.getState()
  if (graph.nodes.length === 0) return
  const task = layoutTask(graph)
  const arranged = await (await openElk()).layout(task.root)
  const positions = { ...positionsIn(arranged), ...task.members }
  if (editor.store.getState().graph !== graph) {
    editor.say('The workflow changed while it was being arranged. Arrange it again.')
    return
  }
  await glideTo(editor, positions)
  change(editor, editsFor(graph, positions), { label: 'Arrange' })
  editor.canvas.current?.fit()
}

/** Boxes get the size of what lies in them now, however large they were made before. */
export function editsFor(graph: Graph, positions: Positions): SingleEdit[] {
  const there = new Set(graph.nodes.map(({ id }) => id))
  const known = Object.fromEntries(Object.entries(positions).filter(([id]) => there.has(id)))
  const sized = graph.nodes.filter(
    (node) => isBox(node.kind) && node.size !== undefined && graph.nodes.some(({ parent }) => parent === node.id),
  )
  return [
    { type: 'move', positions: known },
    ...sized.map(({ id }): SingleEdit => ({ type: 'set', node: id, options: { size: null } })),
  ]
}

const glideMs = 220

function glideTo(editor: Editor, positions: Positions): Promise<void> {
  const { graph, setFlow } = editor.store.getState()
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return Promise.resolve()
  const from = placesOf(graph)
  const started = performance.now()
  return new Promise((resolve) => {
    const frame = () => {
      const passed = Math.min(1, (performance.now() - started) / glideMs)
      const eased = 1 - (1 - passed) ** 3
      if (passed >= 1 || editor.store.getState().graph !== graph) return resolve()
      setFlow(({ nodes, edges }) => ({
        nodes: nodes.map((node) => {
          const at = from.get(node.id)?.at
          const to = positions[node.id]
          return at === undefined || to === undefined ? node : { ...node, position: between(at, to, eased) }
        }),
        edges,
      }))
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})
